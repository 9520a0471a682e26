#include "evaluator/group_columns.h"

#include "evaluator/report.h"

namespace tidemark {

GroupColumns::GroupColumns(const std::vector<std::shared_ptr<const GroupReport>>& groups,
                           Instant broker_now) {
  status.reserve(groups.size());
  lag.reserve(groups.size());
  time_lag.reserve(groups.size());
  for (const auto& group : groups) {
    status.push_back(group->status);
    lag.push_back(group->lag);
    const auto waited = group->time_lag(broker_now);
    time_lag.push_back(waited ? std::optional(waited->count()) : std::nullopt);
  }
}

}  // namespace tidemark
