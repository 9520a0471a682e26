// From the picture of a cluster to what its history remembers of each group. Owned by the history
// thread; one for each cluster.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "core/maybe.h"
#include "core/time.h"
#include "evaluator/report.h"
#include "storage/history_sample.h"

namespace tidemark {

class Sampling {
 public:
  // What is remembered of `group` at this sample, as its policy says. `report` is of the group's
  // cluster; call it once a group and sample.
  GroupSample sample(const GroupReport& group, const ClusterReport& report, Instant at);

  // The group has left.
  void forget(const std::string& group) { before_.erase(group); }
  // The next samples don't know what came before.
  void forget_all() { before_.clear(); }

 private:
  // Sums over a group's partitions. Rates are what they grow by.
  struct Sums {
    std::int64_t committed = 0;
    std::int64_t log_end = 0;
    std::int64_t partitions = 0;  // that both are known of
  };

  std::unordered_map<std::string, Sums> before_;
};

}  // namespace tidemark
