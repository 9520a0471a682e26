#include "daemon/pipeline/slot_judge.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

bool is_burrow(const SlotInfo& of) { return of.reading->policy->rules == RuleSet::burrow; }

// See turns.h.
bool may_rest(const SlotInfo& of, const PartitionReport& judged) {
  return !judged.stale && !judged.why && is_plain(judged.reason) &&
         judged.conditions == Conditions{} && !is_burrow(of) &&
         of.reading->group->membership.kind() != GroupKind::share;
}

}  // namespace

void SlotJudge::judge(Slot slot, Surroundings& around, PartitionReport& out) {
  books_.slots.load(slot, history_);
  SlotInfo& of = books_.slots.info(slot);
  around.probing = false;
  PartitionVerdict verdict = apply_rules(slot, around, nullptr);
  Probes::Look look;
  probes_.look_first(slot, verdict, history_, around, look);
  if (look.judge_again) verdict = apply_rules(slot, around, nullptr);
  remember(of, verdict);
  report(of, verdict, out);
  // Where the report can tell the same from what it holds, there is none.
  const bool plain = is_plain(verdict.reason) && !is_burrow(of);
  out.why = plain ? Rare<Grounds>() : why(slot, around, verdict);
  if (out.why) of.reading->group->has_sentences = true;
  of.rests = !look.unsettled && may_rest(of, out);
}

Trace SlotJudge::trace(Slot slot, const Surroundings& around) {
  books_.slots.load(slot, history_);
  Trace out;
  Surroundings completed = around;
  apply_rules(slot, completed, &out);
  return out;
}

PartitionVerdict SlotJudge::apply_rules(Slot slot, Surroundings& around, Trace* trace) {
  const SlotInfo& of = books_.slots.info(slot);
  if (is_burrow(of)) return apply_burrow_rules(slot, around, trace);
  return apply_tidemark_rules(of, around, trace);
}

PartitionVerdict SlotJudge::apply_tidemark_rules(const SlotInfo& of, Surroundings& around,
                                                 Trace* trace) {
  const Policy& policy = *of.reading->policy;
  const TopicPartition& partition = of.at();
  if (around.lso) around.readable_since = partition.released.readable_since(history_.position());
  auto verdict = judge_tidemark(history_, partition.history, around, policy, trace);
  retention_.note(of, partition, history_, around.now, verdict);
  return verdict;
}

PartitionVerdict SlotJudge::apply_burrow_rules(Slot slot, const Surroundings& around,
                                               Trace* trace) {
  const SlotInfo& of = books_.slots.info(slot);
  const TopicPartition& partition = of.at();
  const Policy& policy = *of.reading->policy;
  const BurrowHistory& history = books_.slots.burrow(slot);
  const auto count = std::min(partition.recent.size(), static_cast<std::size_t>(policy.intervals));
  const std::vector<LogEnd> ends(partition.recent.end() - static_cast<std::ptrdiff_t>(count),
                                 partition.recent.end());
  return judge_burrow(history, ends, around, policy, trace);
}

Grounds SlotJudge::why(Slot slot, const Surroundings& around, const PartitionVerdict& verdict) {
  const SlotInfo& of = books_.slots.info(slot);
  const Policy& policy = *of.reading->policy;
  return is_burrow(of) ? explain(books_.slots.burrow(slot), around, policy, verdict)
                       : explain(history_, around, policy, verdict);
}

void SlotJudge::remember(SlotInfo& of, const PartitionVerdict& verdict) {
  if (!verdict.stale) {
    of.previous = verdict.status;
    of.judged = true;
    of.learning = verdict.learning;
    of.dead_at_first = verdict.dead_at_first;
    of.warned = as_group_status(verdict.status, verdict.reason, verdict.blocked_long,
                                verdict.conditions) == GroupStatus::warning;
  }
  Group& group = *of.reading->group;
  if (verdict.due) group.note_due(*verdict.due);
  if (verdict.stale_from) group.note_stale_from(*verdict.stale_from);
}

void SlotJudge::report(const SlotInfo& of, const PartitionVerdict& verdict,
                       PartitionReport& out) const {
  out.partition = of.partition;
  out.lose(verdict.lost);  // before the flags: they are read back as part of its word
  out.committed = true;
  out.status = verdict.status;
  out.reason = verdict.reason;
  out.stale = verdict.stale;
  out.unprobed = verdict.unprobed;
  out.learning = of.learning;
  out.warned_before = verdict.stale && of.warned;
  out.blocked_long = verdict.blocked_long;
  out.conditions = verdict.conditions;
  out.samples = static_cast<std::uint8_t>(verdict.samples);
  out.intervals = static_cast<std::uint8_t>(verdict.intervals);
  out.committed_offset = history_.newest().offset;
  out.committed_at = history_.newest().at;
  out.lag = verdict.lag;
  out.unread_since = verdict.unread_since;
}

}  // namespace tidemark
