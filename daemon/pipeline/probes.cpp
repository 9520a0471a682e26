#include "daemon/pipeline/probes.h"

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

constexpr Duration longest_hold = std::chrono::seconds{10};
constexpr std::size_t most_asked_for_an_answer = 32;  // readers of one partition

bool accuses(PartitionStatus status) {
  return status == PartitionStatus::stopped || status == PartitionStatus::stalled;
}

std::uint32_t seconds_of(Instant at) { return static_cast<std::uint32_t>(to_ms(at) / 1000); }

// Where a reader would go on: what retention deleted can't be looked at.
Offset readable_from(const PartitionHistory& history, const TopicPartition& partition) {
  return std::max(history.position(), partition.start.value_or(history.position()));
}

// All was deleted before it was read, and what is left there are control records only: the position
// stays below log start, for it tells how much is lost.
bool nothing_left(const PartitionHistory& history, const TopicPartition& partition) {
  return history.position() < readable_from(history, partition) && partition.lso == partition.end;
}

// Holds the accusation until the answer comes, for so long at most.
void hold(SlotInfo& of, Instant now) {
  if (of.held_from == 0) of.held_from = seconds_of(now);
  const Instant from = from_ms(std::int64_t{of.held_from} * 1000);
  of.held = now >= from && now < from + longest_hold;
  if (of.held) of.reading->group->note_due(from + longest_hold);
}

}  // namespace

void Probes::look_first(Slot slot, const PartitionVerdict& verdict, PartitionHistory& history,
                        Surroundings& around, Look& look) {
  SlotInfo& of = books_.slots.info(slot);
  of.held = false;
  const Policy& policy = *of.reading->policy;
  if (policy.rules == RuleSet::burrow || verdict.stale) return;
  look.judge_again = true;
  if (of.probe == Probe::end && nothing_left(history, of.at())) {
    around.live_lag = 0;
    return;
  }
  const bool accused = accuses(verdict.status);
  if (!policy.probe) {
    look.judge_again = around.unprobed = accused;
    return;
  }
  if (of.probe != Probe::record && want(slot, verdict, history, around.now, look)) return;
  look.judge_again = accused && of.probe != Probe::record;
  if (!look.judge_again) return;
  if (of.probe == Probe::asked && !of.probe_failed) {
    look.judge_again = !(of.judged && accuses(of.previous));
    if (!look.judge_again) return;
    hold(of, around.now);
  }
  around.probing = of.held;
  around.unprobed = !of.held;
  return;
}

// Asks, where asking helps. True: the answer was known already, and is in `history` now.
bool Probes::want(Slot slot, const PartitionVerdict& verdict, PartitionHistory& history,
                  Instant now, Look& look) {
  SlotInfo& of = books_.slots.info(slot);
  if (verdict.lag.value_or(0) <= 0 || of.probe == Probe::end) return false;
  TopicPartition& partition = of.at();
  const Offset from = readable_from(history, partition);
  const bool readable = !partition.lso || from < *partition.lso;
  if (!readable) return false;
  Group& group = *of.reading->group;
  auto urgency = ProbeDesk::Urgency::accusation;
  if (!accuses(verdict.status)) {
    if (of.probe == Probe::asked) return false;
    urgency = ProbeDesk::Urgency::unknown_age;
    if (verdict.unread_since) {
      const Instant stood = std::max(history.standing(), *verdict.unread_since);
      if (now < stood + of.reading->policy->slot()) {
        group.note_due(stood + of.reading->policy->slot());
        return false;
      }
      urgency = ProbeDesk::Urgency::waiting;
    }
  }
  if (of.probe == Probe::none && take_known_answer(slot, partition, from, history)) return true;
  const auto later = desk_.want({of.reading->topic->name, of.partition, from}, urgency, now);
  of.probe = later ? Probe::none : Probe::asked;
  look.unsettled = later.has_value();
  of.probe_failed = of.probe_failed || (later && urgency == ProbeDesk::Urgency::accusation);
  if (later) group.note_due(*later);
  return false;
}

// What another group at the same position has been told holds here too.
bool Probes::take_known_answer(Slot slot, TopicPartition& partition, Offset from,
                               PartitionHistory& history) {
  if (!partition.told) return false;
  const std::size_t count = std::min(partition.readers.size(), most_asked_for_an_answer);
  partition.told = count < partition.readers.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Slot other = partition.readers[i];
    if (books_.slots.info(other).probe != Probe::record) continue;
    partition.told = true;
    if (other == slot) continue;
    books_.slots.load(other, other_);
    if (!other_.committed() || readable_from(other_, partition) < from) continue;
    const bool passed_it = other_.newest().offset <= from && other_.position() >= from;
    if (!passed_it) continue;
    ProbeSeen seen;
    seen.outcome = ProbeSeen::Outcome::record;
    seen.question.from = from;
    seen.empty_to = other_.position();
    seen.record_time = other_.probe_record;
    seen.log_append_time = true;  // bounded already
    note_answer(slot, partition, seen, history);
    return true;
  }
  return false;
}

TopicPartition* Probes::find(const ProbeQuestion& question) {
  Topic* topic = books_.topics.find(question.topic.get());
  const auto at = static_cast<std::size_t>(std::max(question.partition.get(), 0));
  if (topic == nullptr || at >= topic->partitions.size()) return nullptr;
  return &topic->partitions[at];
}

void Probes::apply(const ProbeSeen& seen) {
  if (!desk_.answered(seen, now_)) return;
  TopicPartition* partition = find(seen.question);
  if (partition == nullptr) return;
  for (const Slot reader : partition->readers) {
    if (is_at(reader, *partition, seen.question.from)) {
      note_answer(reader, *partition, seen, reader_);
    }
  }
}

// Loads the reader's history into reader_.
bool Probes::is_at(Slot reader, const TopicPartition& partition, Offset from) {
  const SlotInfo& of = books_.slots.info(reader);
  if (of.reading->policy->rules == RuleSet::burrow || !of.reading->policy->probe) return false;
  books_.slots.load(reader, reader_);
  return reader_.committed() && readable_from(reader_, partition) == from;
}

void Probes::note_answer(Slot slot, TopicPartition& partition, const ProbeSeen& seen,
                         PartitionHistory& history) {
  using Outcome = ProbeSeen::Outcome;
  SlotInfo& of = books_.slots.info(slot);
  turns_.wake(slot);
  released_ = released_ || of.held;
  if (seen.outcome == Outcome::failed || seen.outcome == Outcome::not_authorized) {
    of.probe = Probe::none;
    of.probe_failed = true;
    return;
  }
  const Offset position = history.position();
  const bool is_record = seen.outcome == Outcome::record;
  of.forget_probe();
  of.probe = is_record ? Probe::record : Probe::end;
  partition.told = partition.told || is_record;
  // Below log start the records are lost, not empty: the position stays, and tells how many. The
  // prober may know of it before the log starts are asked for again.
  const bool lost = position < seen.question.from || seen.below_log_start;
  if (lost && !is_record) return;
  const ProbeAnswer answer{history.newest().offset, lost ? position : seen.empty_to,
                           seen.record_time, seen.log_append_time};
  apply_probe(history, answer, partition.history, *of.reading->policy);
  books_.slots.save(slot, history);
  // What comes after the end is unread again, and may be asked for.
  if (!is_record && history.position() != position) of.forget_probe();
}

std::vector<ProbeQuestion> Probes::take() {
  for (ProbeQuestion& question : desk_.take_lost(now_)) {
    ProbeSeen lost;
    lost.question = std::move(question);
    apply(lost);
  }
  return desk_.take(now_, [this](const ProbeQuestion& question) { return still_wanted(question); });
}

bool Probes::still_wanted(const ProbeQuestion& question) {
  const TopicPartition* partition = find(question);
  if (partition == nullptr) return false;
  return std::any_of(partition->readers.begin(), partition->readers.end(), [&](Slot reader) {
    return books_.slots.info(reader).probe == Probe::asked &&
           is_at(reader, *partition, question.from);
  });
}

void Probes::tell(ClusterHealth& health) const {
  health.probes_sent = desk_.sent();
  health.probes_failed = desk_.failed();
  health.probes_waiting = desk_.waiting();
  health.probes_skipped = desk_.skipped();
}

}  // namespace tidemark
