// What a backlog of offset commits costs past librdkafka: decoding and applying it, in CPU time of
// one thread, and what is held afterwards. Prints one line of JSON.
//
//   backlog_cost [groups=2000] [topics=20] [partitions=100] [rounds=15] [order=group|mixed]
//
// `mixed`: no two records of a batch are of neighbours, as where very many small groups commit.
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "collectors/batch_builder.h"
#include "config/policy_table.h"
#include "daemon/pipeline/cluster_state.h"
#include "daemon/pipeline/spare_memory.h"
#include "tests/bench/world.h"

namespace tidemark::bench {
namespace {

constexpr std::int64_t in_a_batch = 10'000;
constexpr Instant now = from_ms(1'700'000'000'000);

std::size_t rss() {
  give_back_spare_memory();
  std::size_t total = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

double cpu_ns() {
  timespec at{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
  return static_cast<double>(at.tv_sec) * 1e9 + static_cast<double>(at.tv_nsec);
}

struct Cost {
  double decoded = 0;
  double applied_new = 0;  // in the first round
  double applied = 0;
};

class Backlog {
 public:
  Backlog(const World& world, bool mixed) : world_(world), mixed_(mixed) {
    state_.apply(topics_of(world));
    state_.apply(log_ends_of(world, world.log_end, now));
    CatchUpGoal goal = caught_up(world);
    for (OffsetsPosition& until : goal.until) until.next = Offset{1};
    state_.apply(std::move(goal));
  }

  Cost read() {
    for (int round = 0; round < world_.rounds; ++round) {
      for (std::int64_t i = 0; i < world_.group_partitions(); i += in_a_batch) batch(round, i);
    }
    OffsetsBatch end;
    for (int p = 0; p < world_.offsets_partitions; ++p) end.positions.push_back({p, Offset{1}});
    state_.apply(std::move(end));
    return cost_;
  }
  ClusterState& state() { return state_; }

 private:
  void batch(int round, std::int64_t from) {
    const std::int64_t all = world_.group_partitions();
    bytes_.clear();
    records_.clear();
    for (std::int64_t i = from; i < std::min(from + in_a_batch, all); ++i) {
      add(round, mixed_ ? i * 7'919 % all : i);
    }
    const double began = cpu_ns();
    BuiltBatch built = build_batch(records_, now);
    const double decoded = cpu_ns();
    state_.apply(std::move(built.batch));
    cost_.decoded += decoded - began;
    (round == 0 ? cost_.applied_new : cost_.applied) += cpu_ns() - decoded;
  }

  void add(int round, std::int64_t at) {
    const auto g = static_cast<int>(at / world_.partitions);
    const auto p = static_cast<int>(at % world_.partitions);
    FetchedRecord record;
    record.partition = g % world_.offsets_partitions;
    record.key = bytes_.emplace_back(world_.key(g, p));
    record.value = bytes_.emplace_back(world_.value(g, p, round, now));
    records_.push_back(record);
  }

  World world_;
  bool mixed_;
  PolicyTable policies_;
  ClusterState state_{{"bench", "nowhere:9092", std::chrono::seconds{10}}, policies_};
  std::deque<std::string> bytes_;
  std::vector<FetchedRecord> records_;
  Cost cost_;
};

int run(const World& world, bool mixed) {
  const std::size_t before = rss();
  Backlog backlog(world, mixed);
  const Cost cost = backlog.read();
  const std::size_t read = rss();
  const auto report = backlog.state().tick(now);
  const std::size_t after = rss();
  const auto each = static_cast<double>(world.group_partitions());
  std::printf(
      "{\"group_partitions\": %.0f, \"decode_ns\": %.0f, \"apply_new_ns\": %.0f, "
      "\"apply_ns\": %.0f, \"rss_each\": %.0f, \"rss_each_with_report\": %.0f, "
      "\"window_store_each\": %.0f}\n",
      each, cost.decoded / each / world.rounds, cost.applied_new / each,
      cost.applied / each / std::max(world.rounds - 1, 1),
      static_cast<double>(read - before) / each, static_cast<double>(after - before) / each,
      static_cast<double>(backlog.state().window_bytes()) / each);
  return report->groups.empty() ? 1 : 0;
}

}  // namespace
}  // namespace tidemark::bench

int main(int count, char** words) {
  tidemark::bench::World world;
  bool mixed = false;
  const std::map<std::string, int*> numbers = {{"groups", &world.groups},
                                               {"topics", &world.topics},
                                               {"partitions", &world.partitions},
                                               {"rounds", &world.rounds}};
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto is = word.find('=');
    const auto number = numbers.find(word.substr(0, is));
    if (word == "order=mixed") {
      mixed = true;
    } else if (number != numbers.end() && is != std::string::npos) {
      *number->second = std::atoi(word.c_str() + is + 1);
    } else {
      std::fprintf(stderr, "backlog_cost: unknown word %s\n", word.c_str());
      return 2;
    }
  }
  return tidemark::bench::run(world, mixed);
}
