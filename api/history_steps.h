// The past of a group, or of one of its partitions, in steps of equal length: what charts are drawn
// from. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/maybe.h"
#include "core/time.h"
#include "storage/history_sample.h"
#include "storage/history_totals.h"

namespace tidemark {

// One step; what is null was not recorded, or not known.
struct HistoryStep {
  bool recorded = false;
  std::optional<GroupStatus> status;                // the worst; of groups
  std::optional<PartitionStatus> partition_status;  // the last; of partitions
  Maybe<std::int64_t> lag_least{};
  Maybe<std::int64_t> lag_most{};
  Maybe<std::int64_t> lag_last{};
  Maybe<std::int64_t> time_lag_most{};  // ms
  Maybe<std::int64_t> committed{};      // records, within
  Maybe<std::int64_t> produced{};
  Duration counted{0};                     // this long
  Maybe<std::int64_t> committed_offset{};  // the last; of a group, the sum over its partitions
  Maybe<std::int64_t> log_end{};
};

// One partition, beside the group as a whole: the last of each step.
struct PartitionSteps {
  std::string topic;
  std::int32_t partition = 0;
  std::vector<std::optional<PartitionStatus>> status;
  std::vector<Maybe<std::int64_t>> lag;
};

struct HistoryGrid {
  Instant from;  // a whole multiple of `step`
  Duration step{1};
  std::size_t count = 0;

  [[nodiscard]] Instant at(std::size_t index) const {
    return from + step * static_cast<std::int64_t>(index);
  }
  // Null: outside.
  [[nodiscard]] std::optional<std::size_t> index(Instant at) const;
};

// Covers both instants; no more than `most` steps of at least `least`, of a length that people
// count in.
HistoryGrid grid_for(Instant from, Instant to, Duration least, std::size_t most);
HistoryGrid grid_of(Instant from, Instant to, Duration step);

class HistorySteps {
 public:
  // `interval`: between samples.
  HistorySteps(HistoryGrid grid, Duration interval);

  // In the order of time.
  void add(const GroupSample& sample);
  void add(const TotalsStep& totals, Duration length);

  [[nodiscard]] const HistoryGrid& grid() const { return grid_; }
  [[nodiscard]] const std::vector<HistoryStep>& steps() const { return steps_; }
  // Only of what samples told.
  [[nodiscard]] std::vector<PartitionSteps> partitions(
      const std::vector<GroupSample>& samples) const;

 private:
  HistoryGrid grid_;
  Duration interval_;
  std::vector<HistoryStep> steps_;
};

// The same of one partition, of which each sample shows one at most.
std::vector<HistoryStep> steps_of_partition(const HistoryGrid& grid,
                                            const std::vector<GroupSample>& samples,
                                            const std::string& topic, std::int32_t partition);

}  // namespace tidemark
