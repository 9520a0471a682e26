// What is remembered of a group at one instant of its history: the group as a whole, and its
// partitions where the policy says so. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/maybe.h"
#include "core/time.h"
#include "evaluator/verdict.h"

namespace tidemark {

struct PartitionSample {
  PartitionStatus status = PartitionStatus::unknown;
  bool shown = false;               // false: there was none, or it was left out
  Maybe<std::int64_t> committed{};  // offset; null: never committed
  Maybe<std::int64_t> log_end{};    // offset; null: not known
  Maybe<std::int64_t> lag{};        // records; null: not known

  friend bool operator==(const PartitionSample&, const PartitionSample&) = default;
};

struct TopicSample {
  std::string topic;
  std::vector<PartitionSample> partitions;  // the index is the partition

  friend bool operator==(const TopicSample&, const TopicSample&) = default;
};

struct GroupTotals {
  GroupStatus status = GroupStatus::unknown;
  Maybe<std::int64_t> lag{};       // records
  Maybe<std::int64_t> time_lag{};  // ms; null: not known
  // Records between the sample before and this one; null: not known (the first one).
  Maybe<std::int64_t> committed{};
  Maybe<std::int64_t> produced{};

  friend bool operator==(const GroupTotals&, const GroupTotals&) = default;
};

struct GroupSample {
  Instant at;         // whole seconds
  bool gone = false;  // the group had left by then: nothing else is set
  GroupTotals totals;
  std::vector<TopicSample> topics;  // by name

  friend bool operator==(const GroupSample&, const GroupSample&) = default;
};

}  // namespace tidemark
