#include "evaluator/learning.h"

#include "evaluator/tidemark_case.h"

namespace tidemark {
namespace {

// Reasons that compare a time with the patience.
bool rests_on_patience(Reason reason) {
  return reason == Reason::stopped || reason == Reason::stalled || reason == Reason::abandoned;
}

// What a group that ended long ago looks like: its backlog is there, or retention has deleted it,
// or its topic is another one by now. Since when records wait is not asked: nobody may know.
bool is_dead(const Case& c) {
  if (!c.history.committed()) return false;
  const bool backlog = c.live_lag.value_or(0) > c.policy.allowed_lag;
  const bool unread = backlog || c.lost > 0 || c.history.beyond_log_end;
  return unread && c.around.now - c.history.newest().at > c.patience + c.policy.abandoned_after;
}

bool is_trouble(const PartitionVerdict& verdict) {
  const GroupStatus made =
      as_group_status(verdict.status, verdict.reason, verdict.blocked_long, verdict.conditions);
  return made == GroupStatus::warning || made == GroupStatus::error;
}

// Whether there are partitions that `counts` and all of them are learning.
template <class Counts>
bool all_learning(const GroupReport& group, Counts counts) {
  bool any = false;
  for (const TopicOfGroup& topic : group.topics) {
    for (const PartitionReport& each : topic.partitions) {
      if (!each.committed || !counts(each)) continue;
      if (!each.learning) return false;
      any = true;
    }
  }
  return any;
}

}  // namespace

void mark_learning(PartitionVerdict& verdict, const Case& c) {
  if (verdict.stale) return;
  verdict.dead_at_first = c.around.dead_at_first && is_dead(c);
  const bool not_learnt = rests_on_patience(verdict.reason) && !habits_known(c.history);
  verdict.learning = is_trouble(verdict) && (verdict.dead_at_first || not_learnt);
}

bool is_learning(const GroupReport& group) {
  if (group.status != GroupStatus::warning && group.status != GroupStatus::error) return false;
  return all_learning(
      group, [&](const PartitionReport& each) { return contribution(each) == group.status; });
}

bool is_learning(const GroupReport& group, Condition condition) {
  return all_learning(group,
                      [&](const PartitionReport& each) { return each.conditions.has(condition); });
}

}  // namespace tidemark
