#include "daemon/pipeline/replaced_report.h"

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t at_a_time = 32;

}  // namespace

// Most groups stand where they stood; of those that do not, too many are kept hold of for a while.
void ReplacedReport::take(std::shared_ptr<const ClusterReport> report, const GroupList& next) {
  groups_.clear();
  report_ = report;
  const GroupList& groups = report->groups;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (i >= next.size() || next[i] != groups[i]) groups_.push_back(groups[i]);
  }
}

bool ReplacedReport::free_some() {
  if (groups_.empty() || !report_.expired()) return false;
  groups_.resize(groups_.size() - std::min(groups_.size(), at_a_time));
  return true;
}

}  // namespace tidemark
