// A synthetic cluster for the benchmarks: many groups, each reading one whole topic, that commit
// again and again. The same for all of them: the records on a real broker, the batches that a
// pipeline gets. Plain values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/time.h"
#include "evaluator/observation.h"
#include "tests/bench/settings.h"

namespace tidemark::bench {

struct World {
  int groups = 2000;
  int first_group = 0;  // how the first one is numbered in its name
  int topics = 20;
  int first_topic = 0;                          // likewise
  int partitions = 100;                         // of each topic
  int rounds = 15;                              // commits of each group and partition
  int log_end = 300;                            // records in each topic partition
  int late_every = 10;                          // one group of so many stays behind
  int offsets_partitions = 50;                  // of the offsets topic
  Duration between = std::chrono::seconds{40};  // the rounds
  int value_version = 4;

  // All of them by the names that they have here, but for `between`.
  void take(Settings& settings);

  [[nodiscard]] std::int64_t group_partitions() const { return std::int64_t{groups} * partitions; }
  [[nodiscard]] std::int64_t commits() const { return group_partitions() * rounds; }

  [[nodiscard]] std::string group(int g) const;
  [[nodiscard]] std::string topic(int t) const;
  [[nodiscard]] std::vector<std::string> all_topics() const;
  [[nodiscard]] int topic_of(int g) const { return (first_group + g) % topics; }
  // What the group has committed in a round, 0 the oldest.
  [[nodiscard]] std::int64_t offset(int g, int round) const;
  // The first quarter of the groups commits in the first quarter of the round, and so on. The last
  // round ends at `now`.
  static constexpr int quarters = 4;
  [[nodiscard]] Instant committed_at(int g, int p, int round, Instant now) const;

  // The record, encoded as a broker does.
  [[nodiscard]] std::string key(int g, int p) const;
  [[nodiscard]] std::string value(int g, int p, int round, Instant now) const;
  // Of a commit of group g at any other time.
  [[nodiscard]] std::string value_of(int g, std::int64_t offset, Instant committed_at) const;
};

// A decoded batch of the commits of some groups in one round, as the collectors hand them over.
OffsetsBatch batch_of(const World& world, int first_group, int end_group, int round, Instant now);

// All topics with the same log end everywhere; everything of the offsets topic read.
TopicsSeen topics_of(const World& world);
LogEndsSeen log_ends_of(const World& world, std::int64_t log_end, Instant at);
// Nothing to catch up: each offsets partition is at its end.
CatchUpGoal caught_up(const World& world);

}  // namespace tidemark::bench
