// Probe before accusing: when a partition's first unread record is looked at, what waits for it,
// and what the answer changes.
#include <algorithm>
#include <utility>

#include "daemon/pipeline/cluster_state.h"

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

ProbeQuestion question_of(const Topic& topic, PartitionId partition, Offset from) {
  return {TopicName{topic.name}, partition, from};
}

}  // namespace

// All was deleted before it was read, and what is left there are control records only: the position
// stays below log start, for it tells how much is lost.
bool ClusterState::nothing_left(const TopicPartition& partition) const {
  return scratch_.position() < readable_from(scratch_, partition) && partition.lso == partition.end;
}

// Called with the slot's history in scratch_. True: judge it once more, with `around` as it is now.
bool ClusterState::look_first(Slot slot, const PartitionVerdict& verdict, Surroundings& around) {
  SlotInfo& of = info(slot);
  of.held = false;
  const Policy& policy = *of.reading->policy;
  if (policy.rules == RuleSet::burrow || verdict.stale) return false;
  if (of.probe == Probe::end && nothing_left(partition_of(of))) {
    around.live_lag = 0;
    return true;
  }
  const bool accused = accuses(verdict.status);
  if (!policy.probe) return around.unprobed = accused;
  if (of.probe != Probe::record && want_probe(slot, verdict, around.now)) return true;
  if (!accused || of.probe == Probe::record) return false;
  if (of.probe == Probe::asked && !of.probe_failed) {
    if (of.judged && accuses(of.previous)) return false;
    if (of.held_from == 0) of.held_from = seconds_of(around.now);
    const Instant from = from_ms(std::int64_t{of.held_from} * 1000);
    of.held = around.now >= from && around.now < from + longest_hold;
    if (of.held) note_due(*of.reading->group, from + longest_hold);
  }
  around.probing = of.held;
  around.unprobed = !of.held;
  return true;
}

// Asks, where asking helps. True: the answer was known already, and is in scratch_ now.
bool ClusterState::want_probe(Slot slot, const PartitionVerdict& verdict, Instant now) {
  SlotInfo& of = info(slot);
  const TopicPartition& partition = partition_of(of);
  const Offset from = readable_from(scratch_, partition);
  const bool readable = !partition.lso || from < *partition.lso;
  if (verdict.lag.value_or(0) <= 0 || !readable || of.probe == Probe::end) return false;
  auto urgency = ProbeDesk::Urgency::accusation;
  if (!accuses(verdict.status)) {
    if (of.probe == Probe::asked) return false;
    urgency = ProbeDesk::Urgency::unknown_age;
    if (verdict.unread_since) {
      const Instant stood = std::max(scratch_.standing(), *verdict.unread_since);
      if (now < stood + of.reading->policy->slot()) {
        note_due(*of.reading->group, stood + of.reading->policy->slot());
        return false;
      }
      urgency = ProbeDesk::Urgency::waiting;
    }
  }
  if (of.probe == Probe::none && take_known_answer(slot, partition, from)) return true;
  const auto later = desk_.want(question_of(*of.reading->topic, of.partition, from), urgency, now);
  of.probe = later ? Probe::none : Probe::asked;
  unsettled_ = later.has_value();
  of.probe_failed = of.probe_failed || (later && urgency == ProbeDesk::Urgency::accusation);
  if (later) note_due(*of.reading->group, *later);
  return false;
}

// What another group at the same position has been told holds here too.
bool ClusterState::take_known_answer(Slot slot, const TopicPartition& partition, Offset from) {
  const std::size_t count = std::min(partition.readers.size(), most_asked_for_an_answer);
  for (std::size_t i = 0; i < count; ++i) {
    const Slot other = partition.readers[i];
    if (other == slot || info(other).probe != Probe::record) continue;
    load(other, other_);
    if (!other_.committed() || readable_from(other_, partition) < from) continue;
    const bool passed_it = other_.newest().offset <= from && other_.position() >= from;
    if (!passed_it) continue;
    ProbeSeen seen;
    seen.outcome = ProbeSeen::Outcome::record;
    seen.question.from = from;
    seen.empty_to = other_.position();
    seen.record_time = other_.probe_record;
    seen.log_append_time = true;  // bounded already
    note_answer(slot, partition, seen);
    return true;
  }
  return false;
}

void ClusterState::apply(ProbeSeen&& seen) {
  if (!desk_.answered(seen, broker_now_)) return;
  const Topic* topic = topics_.find(seen.question.topic.get());
  const auto at = static_cast<std::size_t>(std::max(seen.question.partition.get(), 0));
  if (topic == nullptr || at >= topic->partitions.size()) return;
  const TopicPartition& partition = topic->partitions[at];
  for (const Slot reader : partition.readers) {
    if (is_at(reader, partition, seen.question.from)) note_answer(reader, partition, seen);
  }
}

// Loads the reader's history into scratch_.
bool ClusterState::is_at(Slot reader, const TopicPartition& partition, Offset from) {
  const SlotInfo& of = info(reader);
  if (of.reading->policy->rules == RuleSet::burrow || !of.reading->policy->probe) return false;
  load(reader, scratch_);
  return scratch_.committed() && readable_from(scratch_, partition) == from;
}

// Called with the slot's history in scratch_.
void ClusterState::note_answer(Slot slot, const TopicPartition& partition, const ProbeSeen& seen) {
  using Outcome = ProbeSeen::Outcome;
  SlotInfo& of = info(slot);
  wake(slot);
  released_ = released_ || of.held;
  if (seen.outcome == Outcome::failed || seen.outcome == Outcome::not_authorized) {
    of.probe = Probe::none;
    of.probe_failed = true;
    return;
  }
  const Offset position = scratch_.position();
  const bool is_record = seen.outcome == Outcome::record;
  of.forget_probe();
  of.probe = is_record ? Probe::record : Probe::end;
  // Below log start the records are lost, not empty: the position stays, and tells how many.
  const bool lost = position < seen.question.from;
  if (lost && !is_record) return;
  const ProbeAnswer answer{scratch_.newest().offset, lost ? position : seen.empty_to,
                           seen.record_time, seen.log_append_time};
  apply_probe(scratch_, answer, partition.history, *of.reading->policy);
  windows_.save(slot, scratch_);
  // What comes after the end is unread again, and may be asked for.
  if (!is_record && scratch_.position() != position) of.forget_probe();
}

std::vector<ProbeQuestion> ClusterState::take_probes() {
  for (ProbeQuestion& question : desk_.take_lost(broker_now_)) {
    ProbeSeen lost;
    lost.question = std::move(question);
    apply(std::move(lost));
  }
  return desk_.take(broker_now_, [this](const ProbeQuestion& question) {
    const Topic* topic = topics_.find(question.topic.get());
    const auto at = static_cast<std::size_t>(question.partition.get());
    if (topic == nullptr || at >= topic->partitions.size()) return false;
    const TopicPartition& partition = topic->partitions[at];
    return std::any_of(partition.readers.begin(), partition.readers.end(), [&](Slot reader) {
      return info(reader).probe == Probe::asked && is_at(reader, partition, question.from);
    });
  });
}

}  // namespace tidemark
