#include "daemon/snapshot/restoring.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace tidemark {
namespace {

// What the next verdict is compared with.
std::shared_ptr<GroupReport> report_of(const Group& group, const KeptVerdict& verdict) {
  auto out = std::make_shared<GroupReport>();
  out->name = GroupName{group.name};
  out->kind = group.membership.kind();
  out->state = group.membership.state();
  out->generation = group.membership.generation();
  out->protocol_type = group.membership.protocol_type();
  out->status = verdict.status;
  out->status_since = verdict.since;
  out->conditions = verdict.conditions;
  for (const auto& [topic, losses] : verdict.losses) {
    TopicOfGroup& of = out->topics.emplace_back();
    of.topic = topic;
    for (const auto& [partition, lost] : losses) {
      PartitionReport& each = of.partitions.emplace_back();
      each.partition = partition;
      each.lose(lost);
    }
  }
  return out;
}

PartitionHistory only_remembered(const PartitionHistory& history) {
  PartitionHistory out;
  out.gaps = history.gaps;
  out.lateness = history.lateness;
  return out;
}

}  // namespace

Restoring::Restoring(Books& books, Sight& sight, ClockFollower& clock, TopicEvents& topics,
                     OffsetsIntake& offsets, Standings& standings, Turns& turns, Pauses& pauses)
    : books_(books),
      sight_(sight),
      clock_(clock),
      topics_(topics),
      offsets_(offsets),
      standings_(standings),
      turns_(turns),
      pauses_(pauses) {}

// --- taking it up
// -----------------------------------------------------------------------------

bool Restoring::take_head(std::string_view bytes, Restored::What what) {
  FieldReader from(bytes);
  from(head_);
  outcome_ = {what, head_.written, 0, 0};
  const auto count = head_.offsets_partitions;
  if (!from.done() || count <= 0 || count > 100'000) return false;
  books_.cluster_id = head_.cluster_id;
  if (all()) {
    positions_.assign(static_cast<std::size_t>(count), Offset{-1});
    sight_.offsets.resize(count);
  }
  return true;
}

bool Restoring::take(SnapshotPart kind, std::string_view bytes) {
  FieldReader from(bytes, head_.written);
  switch (kind) {
    case SnapshotPart::groups:
      return take_groups(from);
    case SnapshotPart::topics:
      return take_topics(from);
    case SnapshotPart::sight:
      return take_sight(from);
    case SnapshotPart::head:
      break;
  }
  return false;
}

bool Restoring::take_sight(FieldReader& from) {
  Duration shift{0};
  from(shift, books_.topic_names, topics_);
  sight_.clock.take_up(shift);
  clock_.take_up();
  return from.done();
}

bool Restoring::take_topics(FieldReader& from) {
  std::string name;
  while (from.ok() && !from.done()) {
    from(name);
    from(books_.topics.find_or_add(name));
    pauses_.worked();
  }
  return from.ok();
}

bool Restoring::take_groups(FieldReader& from) {
  std::int32_t partition = 0;
  Offset position;
  std::uint64_t count = 0;
  from(partition, position, count);
  key_.clear();
  if (all()) {
    if (partition < 0 || static_cast<std::size_t>(partition) >= positions_.size()) return false;
    positions_[static_cast<std::size_t>(partition)] = position;
    sight_.offsets.take_up({partition, position});
  }
  for (; count > 0; --count) {
    if (!take_group(from, partition)) return false;
  }
  return from.done();
}

bool Restoring::take_group(FieldReader& from, std::int32_t partition) {
  std::string name;
  from(name);
  if (!from.ok() || books_.groups.contains(name)) return false;
  Group& group = books_.groups.emplace(name, Group{}).first->second;
  group.name = std::move(name);
  turns_.groups_changed();
  ++books_.group_changes;
  std::optional<KeptVerdict> verdict;
  std::uint64_t readings = 0;
  from(group, verdict, readings);
  for (; readings > 0 && from.ok(); --readings) {
    if (!take_reading(from, group)) return false;
  }
  if (!from.ok()) return false;
  if (books_.resolve(group.name, "").ignore || (!all() && group.readings.empty())) {
    offsets_.drop(group);
    books_.groups.erase(group.name);
    return true;
  }
  ++outcome_.groups;
  if (!all()) {
    group.membership = {};
    group.generations = {};
    group.read = {};
    group.arrivals = {};
    group.standing = {};
    group.news = {true, false};
    group.remembered_only = some_remembered_ = true;
    return true;
  }
  if (verdict) {
    group.before_restart = report_of(group, *verdict);
    group.report = group.before_restart;
  }
  group.offsets_partition = partition;
  group.offsets_partitions = sight_.offsets.partitions();
  standings_.take_up(group);
  return true;
}

bool Restoring::take_reading(FieldReader& from, Group& group) {
  std::string name;
  KeptPolicy made_by;
  std::uint64_t slots = 0;
  from(name, made_by, slots);
  if (!from.ok() || group.readings.contains(name)) return false;
  const Policy& policy = books_.resolve(group.name, name);
  Reading* reading = nullptr;
  if (!policy.ignore && slots > 0) {
    Topic& topic = books_.topics.find_or_add(name);
    ++topic.groups;
    reading = &group.readings.emplace(name, Reading{&group, &topic, &policy, {}}).first->second;
  }
  for (; slots > 0 && from.ok(); --slots) {
    if (!take_slot(from, group, reading, made_by)) return false;
  }
  return from.ok();
}

bool Restoring::take_slot(FieldReader& from, Group& group, Reading* reading,
                          const KeptPolicy& made_by) {
  from(slot_);
  if (!from.ok() || slot_.key_shared > key_.size() || !is_plausible(slot_.partition)) return false;
  key_.resize(slot_.key_shared);
  key_ += slot_.key_rest;
  if (reading == nullptr || &group != reading->group) return reading == nullptr;
  const std::int32_t partition = slot_.partition.get();
  auto& slots = reading->slots;
  if (partition < 0 || (!slots.empty() && slots.back().partition >= partition)) return false;
  if (books_.slots.find(key_)) return false;
  if (all() && !slot_.history.committed()) return true;
  const Slot slot = books_.slots.add(key_);
  slots.push_back({partition, slot});
  put_slot(slot, *reading, made_by);
  ++outcome_.group_partitions;
  pauses_.worked();
  return true;
}

void Restoring::put_slot(Slot slot, Reading& reading, const KeptPolicy& made_by) {
  SlotInfo& of = books_.slots.info(slot);
  of.reading = &reading;
  of.partition = slot_.partition;
  TopicPartition& at = of.at();
  at.readers.push_back(slot);
  if (!all()) {
    books_.slots.save(slot, only_remembered(slot_.history));
    return;
  }
  const Policy& policy = *reading.policy;
  // How long more than is allowed has waited is asked anew, where something else is allowed now.
  if (made_by.allowed_lag != policy.allowed_lag) slot_.history.waiting_since = {};
  books_.slots.save(slot, slot_.history);
  if (policy.rules == RuleSet::burrow && slot_.burrow) books_.slots.burrow(slot) = *slot_.burrow;
  of.previous = slot_.previous;
  of.judged = slot_.judged;
  of.warned = slot_.warned;
  of.learning = slot_.learning;
  of.dead_at_first = slot_.dead_at_first;
  of.probe = slot_.probe;
  of.probe_failed = slot_.probe_failed;
  of.end_at_commit_known = slot_.end_at_commit.has_value();
  of.end_at_commit = slot_.end_at_commit.value_or(Offset{0});
  books_.slots.note_watch(slot, slot_.history);
  // The log was seen again after the group was written down.
  const bool newer = !at.history.empty() && slot_.log_end_at != at.history.newest().at;
  if (newer || made_by.allowed_lag != policy.allowed_lag) books_.slots.refreshed(slot);
  if (newer && of.probe == Probe::end) of.probe = Probe::none;
}

// --- whether it holds
// -----------------------------------------------------------------------------

void Restoring::forget() {
  for (auto& [name, group] : books_.groups) offsets_.drop(group);
  some_remembered_ = false;
  books_.topics.forget();
  books_.topic_names = {};
  books_.cluster_id.clear();
  sight_.offsets = {};
  sight_.clock = {};
  clock_.take_up();
  positions_.clear();
  outcome_ = {};
}

std::string Restoring::check(const TopicsSeen& seen) {
  if (checked_ || outcome_.what == Restored::What::nothing || seen.cluster_id.empty()) return "";
  std::string refused;
  const std::int32_t partitions = seen.offsets_topic_partitions;
  if (seen.cluster_id != head_.cluster_id) {
    refused = "it is of the cluster with the id " + head_.cluster_id + ", and this one's is " +
              seen.cluster_id;
  } else if (partitions == 0) {
    return "";  // not there yet, or not to be seen
  } else if (all() && partitions != head_.offsets_partitions) {
    refused = "the offsets topic had " + std::to_string(head_.offsets_partitions) +
              " partitions, and has " + std::to_string(partitions);
  }
  checked_ = true;
  return refused;
}

// Whoever reads the partition finds the same, and begins it anew: until then nothing is read of it.
void Restoring::check(const CatchUpGoal& goal) {
  for (const OffsetsPosition& until : goal.until) {
    const auto at = static_cast<std::size_t>(std::max(until.partition, 0));
    if (at < positions_.size() && positions_[at] > until.next) {
      sight_.offsets.take_up({until.partition, Offset{-1}});
    }
  }
}

void Restoring::drop(std::int32_t partition) {
  const auto at = static_cast<std::size_t>(std::max(partition, 0));
  if (at >= positions_.size() || positions_[at] < Offset{0}) return;
  positions_[at] = Offset{-1};
  sight_.offsets.take_up({partition, Offset{-1}});
  for (auto& [name, group] : books_.groups) {
    if (group.before_restart && sight_.offsets_partition(group) == partition) offsets_.drop(group);
  }
}

void Restoring::look_for_lost() {
  if (!some_remembered_) return;
  const std::size_t starting = sight_.offsets.all_starting().size();
  if (starting_ == starting && starting > 0) return;
  starting_ = starting;
  some_remembered_ = false;
  for (auto& [name, group] : books_.groups) {
    if (!group.remembered_only) continue;
    if (sight_.starting(group)) {
      some_remembered_ = true;
    } else {
      group.remembered_only = false;
      offsets_.drop_uncommitted(group);
    }
  }
}

}  // namespace tidemark
