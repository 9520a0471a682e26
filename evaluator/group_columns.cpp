#include "evaluator/group_columns.h"

#include <algorithm>

#include "evaluator/report.h"

namespace tidemark {
namespace {

constexpr std::size_t chunk_size = GroupList::chunk_size;

void copy_rows(const GroupColumns& from, std::size_t begin, std::size_t end, GroupColumns& to) {
  const auto part = [&](const auto& rows, auto& into) {
    std::copy(rows.begin() + static_cast<std::ptrdiff_t>(begin),
              rows.begin() + static_cast<std::ptrdiff_t>(end),
              into.begin() + static_cast<std::ptrdiff_t>(begin));
  };
  part(from.status, to.status);
  part(from.lag, to.lag);
  part(from.waits_since, to.waits_since);
}

// What its time lag is counted from, which is the same at any time.
Instant waits_since(const GroupReport& group) {
  constexpr Instant far_away = from_ms(std::int64_t{1} << 60);
  const auto time_lag = group.time_lag(far_away);
  if (!time_lag) return GroupColumns::not_known;
  return *time_lag == Duration{0} ? GroupColumns::nothing_waits : far_away - *time_lag;
}

void prefetch(const GroupReport& group) {
  __builtin_prefetch(&group.status);
  __builtin_prefetch(&group.unread_since);
}

void look_into(const GroupList& groups, std::size_t begin, std::size_t end, GroupColumns& to) {
  for (std::size_t i = begin; i < end; ++i) {
    constexpr std::size_t ahead = 16;
    if (i + ahead < groups.size()) prefetch(*groups[i + ahead]);
    const GroupReport& group = *groups[i];
    to.status[i] = group.status;
    to.lag[i] = group.lag;
    to.waits_since[i] = waits_since(group);
  }
}

}  // namespace

std::shared_ptr<const GroupColumns> GroupTable::columns_of(const GroupList& groups) const {
  const MutexLock lock(mutex_);
  const auto out = std::make_shared<GroupColumns>();
  out->status.resize(groups.size());
  out->lag.resize(groups.size());
  out->waits_since.resize(groups.size());
  const std::size_t before = known_.columns ? known_.columns->status.size() : 0;
  known_.of.resize(groups.chunks().size());
  for (std::size_t at = 0; at < groups.chunks().size(); ++at) {
    const auto& chunk = groups.chunks()[at];
    const std::size_t begin = at * chunk_size;
    const std::size_t end = std::min(begin + chunk_size, groups.size());
    if (end <= before && known_.of[at].lock() == chunk) {
      copy_rows(*known_.columns, begin, end, *out);
    } else {
      look_into(groups, begin, end, *out);
      known_.of[at] = chunk;
    }
  }
  known_.columns = out;
  return out;
}

}  // namespace tidemark
