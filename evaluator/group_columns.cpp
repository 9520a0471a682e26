#include "evaluator/group_columns.h"

#include "evaluator/report.h"

namespace tidemark {

GroupColumns::GroupColumns(const GroupList& groups, Instant broker_now) {
  status.reserve(groups.size());
  lag.reserve(groups.size());
  time_lag.reserve(groups.size());
  constexpr std::size_t ahead = 16;  // groups lie all over memory: ask for the next ones early
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (i + ahead < groups.size()) {
      __builtin_prefetch(&groups[i + ahead]->status);
      __builtin_prefetch(&groups[i + ahead]->unread_since);
    }
    const GroupReport& group = *groups[i];
    status.push_back(group.status);
    lag.push_back(group.lag);
    const auto waited = group.time_lag(broker_now);
    time_lag.push_back(waited ? std::optional(waited->count()) : std::nullopt);
  }
}

}  // namespace tidemark
