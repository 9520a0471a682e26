// One partition, event by event, as the running monitor takes them. Times are seconds from the
// story's beginning.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "tests/evaluator/tale.h"

namespace tidemark::test {

class Partition {
 public:
  Policy policy;
  PartitionHistory history;
  LogEndHistory log_ends{LogEndHistory::Thinning::never};  // exact numbers are compared

  Partition& commit(double when, std::int64_t offset) {
    apply_commit(history, {Offset{offset}, at(when)}, log_ends, policy);
    return *this;
  }
  Partition& refresh(double when, std::int64_t end) {
    const bool fell = log_ends.append({Offset{end}, at(when)}, policy.refresh);
    apply_refresh(history, log_ends, fell, policy);
    return *this;
  }
  Partition& probe(std::int64_t from, std::int64_t empty_to, std::optional<double> record) {
    ProbeAnswer answer{Offset{from}, Offset{empty_to}, std::nullopt};
    if (record) answer.record_time = at(*record);
    apply_probe(history, answer, log_ends, policy);
    return *this;
  }
  [[nodiscard]] PartitionVerdict judge(double now) const {
    Surroundings around;
    around.now = at(now);
    return judge_tidemark(history, log_ends, around, policy);
  }
  [[nodiscard]] std::vector<std::pair<double, std::int64_t>> window() const {
    std::vector<std::pair<double, std::int64_t>> out;
    for (const CommitSample& sample : history.window) {
      out.emplace_back(to_seconds(sample.at - at(0)), sample.offset.get());
    }
    return out;
  }
};

}  // namespace tidemark::test
