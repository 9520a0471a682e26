// The report that a newer one took the place of. What it alone holds are tens of thousands of
// groups at worst: a tenth of a second to free. So the pipeline thread, which owns this, keeps hold
// of the groups, and frees them bit by bit once nobody reads the report any more.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "evaluator/report.h"

namespace tidemark {

class ReplacedReport {
 public:
  // `next`: the groups of the one that took its place. What is left of the one before is let go of
  // at once.
  void take(std::shared_ptr<const ClusterReport> report, const GroupList& next);

  // Some groups: about a tenth of a millisecond of work. False: there is nothing to do, or somebody
  // still reads the report.
  bool free_some();

  // Groups that it holds.
  [[nodiscard]] std::size_t size() const { return groups_.size(); }

 private:
  std::weak_ptr<const ClusterReport> report_;
  std::vector<std::shared_ptr<const GroupReport>> groups_;  // that are not in the next
};

}  // namespace tidemark
