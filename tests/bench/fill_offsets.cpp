// Fills a real cluster with what a big one would have: topics with records, and a backlog of offset
// commits in the offsets topic, written past the coordinator. For benchmarks on brokers that are
// thrown away afterwards: topics on any number of them, commits on one. Prints one line of JSON,
// and before, to standard error, how far it is.
//
//   fill_offsets BOOTSTRAP [groups=N] [first_group=N] [topics=N] [partitions=N] [rounds=N]
//                [log_end=N] [late_every=N] [offsets_partitions=N] [value_version=N] [batch=N]
//                [rate=N] [what=topics|commits|all]
//
//   rate=N   commits a second, where the broker takes so many (0: as many as it takes)
#include <chrono>
#include <cstdio>
#include <string>

#include "tests/bench/commit_writer.h"
#include "tests/bench/new_topics.h"
#include "tests/bench/producer.h"
#include "tests/bench/settings.h"
#include "tests/bench/world.h"

namespace tidemark::bench {
namespace {

struct Plan {
  World world;
  CommitWriterSettings writer;
  std::string what = "all";
};

Plan plan_from(int count, char** words) {
  if (count < 2) fail("usage: fill_offsets BOOTSTRAP [name=value…]");
  Plan plan;
  plan.writer.bootstrap = words[1];
  Settings settings;
  plan.world.take(settings);
  settings.take("batch", &plan.writer.batch);
  settings.take("rate", &plan.writer.rate);
  settings.take("what", &plan.what);
  settings.read(count, words, 2);
  if (plan.what != "topics" && plan.what != "commits" && plan.what != "all") {
    fail("what: topics, commits or all, not " + plan.what);
  }
  return plan;
}

void fill_topics(const World& world, const std::string& bootstrap) {
  Producer producer({bootstrap});
  for (int i = 0; i < world.log_end; ++i) {
    for (int t = 0; t < world.topics; ++t) {
      for (int p = 0; p < world.partitions; ++p) producer.send(world.topic(t), p, "", "x");
    }
  }
  producer.finish();
}

int run(const Plan& plan) {
  const auto began = std::chrono::steady_clock::now();
  if (plan.what != "commits") {
    create_topics(plan.world, plan.writer.bootstrap);
    fill_topics(plan.world, plan.writer.bootstrap);
  }
  const Written written =
      plan.what != "topics" ? write_commits(plan.world, plan.writer) : Written{};
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf(
      "{\"commits\": %lld, \"group_partitions\": %lld, \"record_bytes\": %zu, "
      "\"seconds\": %.1f, \"commit_seconds\": %.3f}\n",
      static_cast<long long>(written.commits),
      static_cast<long long>(plan.world.group_partitions()),
      plan.world.key(1, 1).size() + plan.world.value(1, 1, 1, from_ms(0)).size(), took.count(),
      written.seconds);
  return 0;
}

}  // namespace
}  // namespace tidemark::bench

int main(int count, char** words) {
  return tidemark::bench::run(tidemark::bench::plan_from(count, words));
}
