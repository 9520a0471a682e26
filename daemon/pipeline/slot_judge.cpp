#include "daemon/pipeline/slot_judge.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

// See turns.h.
bool may_rest(const SlotInfo& of, const PartitionReport& judged) {
  return !judged.stale && !judged.sentence && is_plain(judged.reason) &&
         judged.conditions == Conditions{} && of.reading->policy->rules == RuleSet::tidemark &&
         of.reading->group->membership.kind() != GroupKind::share;
}

}  // namespace

PartitionReport SlotJudge::judge(Slot slot, Surroundings& around) {
  books_.slots.load(slot, history_);
  SlotInfo& of = books_.slots.info(slot);
  std::string sentence;
  around.probing = false;
  PartitionVerdict verdict = apply_rules(slot, around, nullptr, &sentence);
  const Probes::Look look = probes_.look_first(slot, verdict, history_, around);
  if (look.judge_again) {
    sentence.clear();
    verdict = apply_rules(slot, around, nullptr, &sentence);
  }
  remember(of, verdict);
  Group& group = *of.reading->group;
  group.has_sentences = group.has_sentences || !sentence.empty();
  PartitionReport out = report(of, verdict, std::move(sentence));
  of.rests = !look.unsettled && may_rest(of, out);
  return out;
}

Trace SlotJudge::trace(Slot slot, const Surroundings& around) {
  books_.slots.load(slot, history_);
  Trace out;
  std::string sentence;
  Surroundings completed = around;
  apply_rules(slot, completed, &out, &sentence);
  return out;
}

PartitionVerdict SlotJudge::apply_rules(Slot slot, Surroundings& around, Trace* trace,
                                        std::string* sentence) {
  const SlotInfo& of = books_.slots.info(slot);
  const Policy& policy = *of.reading->policy;
  if (policy.rules == RuleSet::burrow) return apply_burrow_rules(slot, around, trace, sentence);
  const TopicPartition& partition = of.at();
  if (around.lso) around.readable_since = partition.released.readable_since(history_.position());
  auto verdict = judge_tidemark(history_, partition.history, around, policy, trace);
  retention_.note(of, partition, history_, around.now, verdict);
  if (!is_plain(verdict.reason)) *sentence = explain(history_, around, policy, verdict);
  return verdict;
}

PartitionVerdict SlotJudge::apply_burrow_rules(Slot slot, const Surroundings& around, Trace* trace,
                                               std::string* sentence) {
  const SlotInfo& of = books_.slots.info(slot);
  const TopicPartition& partition = of.at();
  const Policy& policy = *of.reading->policy;
  const BurrowHistory& history = books_.slots.burrow(slot);
  const auto count = std::min(partition.recent.size(), static_cast<std::size_t>(policy.intervals));
  const std::vector<LogEnd> ends(partition.recent.end() - static_cast<std::ptrdiff_t>(count),
                                 partition.recent.end());
  auto verdict = judge_burrow(history, ends, around, policy, trace);
  *sentence = explain(history, around, policy, verdict);
  return verdict;
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
  group.due = earlier(group.due, verdict.due);
  group.stale_from = earlier(group.stale_from, verdict.stale_from);
}

PartitionReport SlotJudge::report(const SlotInfo& of, const PartitionVerdict& verdict,
                                  std::string&& sentence) const {
  PartitionReport out;
  out.partition = of.partition;
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
  out.lost = verdict.lost;
  out.unread_since = verdict.unread_since;
  if (!sentence.empty()) out.sentence = std::make_unique<const std::string>(std::move(sentence));
  return out;
}

}  // namespace tidemark
