// Fills a real cluster with what a big one would have: topics with records, and a backlog of offset
// commits in the offsets topic, written past the coordinator. For benchmarks on a broker that is
// thrown away afterwards; prints one line of JSON.
//
//   fill_offsets BOOTSTRAP [groups=N] [first_group=N] [topics=N] [partitions=N] [rounds=N]
//                [log_end=N] [late_every=N] [offsets_partitions=N] [value_version=N] [batch=N]
//                [compression=lz4] [what=topics|commits|all]
#include <librdkafka/rdkafka.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include "collectors/record.h"
#include "core/clock.h"
#include "tests/bench/producer.h"
#include "tests/bench/settings.h"
#include "tests/bench/world.h"

namespace tidemark::bench {
namespace {

constexpr const char* offsets_topic = "__consumer_offsets";
constexpr int limit_ms = 120'000;

struct Plan {
  World world;
  ProducerSettings producer;
  std::string what = "all";
};

Plan plan_from(int count, char** words) {
  if (count < 2) fail("usage: fill_offsets BOOTSTRAP [name=value…]");
  Plan plan;
  plan.producer.bootstrap = words[1];
  Settings settings;
  plan.world.take(settings);
  settings.take("batch", &plan.producer.batch);
  settings.take("compression", &plan.producer.compression);
  settings.take("what", &plan.what);
  settings.read(count, words, 2);
  return plan;
}

void create_topic(rd_kafka_t* handle, const std::string& name, int partitions, bool compact) {
  char error[512] = "";
  rd_kafka_NewTopic_t* topic =
      rd_kafka_NewTopic_new(name.c_str(), partitions, 1, error, sizeof error);
  if (topic == nullptr) fail(name + ": " + error);
  if (compact) rd_kafka_NewTopic_set_config(topic, "cleanup.policy", "compact");
  rd_kafka_queue_t* queue = rd_kafka_queue_new(handle);
  rd_kafka_CreateTopics(handle, &topic, 1, nullptr, queue);
  rd_kafka_event_t* event = rd_kafka_queue_poll(queue, limit_ms);
  std::size_t count = 0;
  const rd_kafka_topic_result_t** results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
  if (count != 1 || rd_kafka_topic_result_error(results[0]) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    fail(name + ": " +
         (count == 1 ? rd_kafka_topic_result_error_string(results[0])
                     : rd_kafka_event_error_string(event)));
  }
  rd_kafka_event_destroy(event);
  rd_kafka_queue_destroy(queue);
  rd_kafka_NewTopic_destroy(topic);
}

// How many partitions the broker shows that have a leader.
int partitions_there(rd_kafka_t* handle) {
  const rd_kafka_metadata_t* seen = nullptr;
  if (rd_kafka_metadata(handle, 1, nullptr, &seen, limit_ms) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return 0;
  }
  int there = 0;
  for (int t = 0; t < seen->topic_cnt; ++t) {
    const rd_kafka_metadata_topic_t& topic = seen->topics[t];
    for (int p = 0; p < topic.partition_cnt; ++p) there += topic.partitions[p].leader >= 0 ? 1 : 0;
  }
  rd_kafka_metadata_destroy(seen);
  return there;
}

// By a handle of its own: one that has seen a topic come may go on taking it for unknown.
void create_topics(const World& world, const ProducerSettings& settings) {
  const Producer hand(settings);
  create_topic(hand.handle(), offsets_topic, world.offsets_partitions, true);
  for (int t = 0; t < world.topics; ++t) {
    create_topic(hand.handle(), world.topic(t), world.partitions, false);
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds{limit_ms};
  while (partitions_there(hand.handle()) <
         world.offsets_partitions + world.topics * world.partitions) {
    if (std::chrono::steady_clock::now() > end) fail("the broker does not show all its topics");
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
}

void fill_topics(const World& world, Producer& producer) {
  for (int i = 0; i < world.log_end; ++i) {
    for (int t = 0; t < world.topics; ++t) {
      for (int p = 0; p < world.partitions; ++p) producer.send(world.topic(t), p, "", "x");
    }
  }
  producer.finish();
}

void fill_commits(const World& world, Producer& producer) {
  const Instant now = SystemClock().now();
  for (int round = 0; round < world.rounds; ++round) {
    for (int g = 0; g < world.groups; ++g) {
      const int to = offsets_partition_of(world.group(g), world.offsets_partitions);
      for (int p = 0; p < world.partitions; ++p) {
        producer.send(offsets_topic, to, world.key(g, p), world.value(g, p, round, now));
      }
    }
  }
  producer.finish();
}

int run(const Plan& plan) {
  const auto began = std::chrono::steady_clock::now();
  if (plan.what != "commits") create_topics(plan.world, plan.producer);
  Producer producer(plan.producer);
  if (plan.what != "commits") fill_topics(plan.world, producer);
  if (plan.what != "topics") fill_commits(plan.world, producer);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf(
      "{\"commits\": %lld, \"group_partitions\": %lld, \"record_bytes\": %zu, "
      "\"seconds\": %.1f}\n",
      static_cast<long long>(plan.world.commits()),
      static_cast<long long>(plan.world.group_partitions()),
      plan.world.key(1, 1).size() + plan.world.value(1, 1, 1, from_ms(0)).size(), took.count());
  return 0;
}

}  // namespace
}  // namespace tidemark::bench

int main(int count, char** words) {
  return tidemark::bench::run(tidemark::bench::plan_from(count, words));
}
