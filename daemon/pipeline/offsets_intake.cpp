#include "daemon/pipeline/offsets_intake.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <type_traits>
#include <variant>

namespace tidemark {
namespace {

bool given(const TopicUuid& id) { return id != TopicUuid{}; }

template <class Slots>
auto first_at_or_after(Slots& slots, std::int32_t partition) {
  return std::partition_point(slots.begin(), slots.end(),
                              [&](const auto& each) { return each.partition < partition; });
}

const GroupName& group_of(const GroupRecord& record) {
  static const GroupName none;
  return std::visit(
      [](const auto& seen) -> const GroupName& {
        if constexpr (requires { seen.group; }) {
          return seen.group;
        } else {
          return none;
        }
      },
      record);
}

void apply(GroupRecord&& record, Membership& to) {
  std::visit(
      [&](auto&& seen) {
        using Seen = std::decay_t<decltype(seen)>;
        if constexpr (!std::is_same_v<Seen, TopicIdsSeen>) {
          to.apply(std::forward<decltype(seen)>(seen));
        }
      },
      std::move(record));
}

}  // namespace

void OffsetsIntake::take(OffsetsBatch& batch) {
  auto record = batch.group_records.begin();
  for (std::size_t i = 0; i < batch.commits.size(); ++i) {
    for (; record != batch.group_records.end() && record->before_commit <= i; ++record) {
      take(std::move(record->record), batch.received_at);
    }
    if (i % Slots::at_once == 0) look_ahead(batch.commits, i);
    const CommitSeen& commit = batch.commits[i];
    const bool found = books_.slots.changes() == found_as_of_;
    take(commit, found ? found_[i % Slots::at_once] : books_.slots.find(commit.key));
    pauses_.worked();
  }
  for (; record != batch.group_records.end(); ++record) {
    take(std::move(record->record), batch.received_at);
  }
}

void OffsetsIntake::take(ShareStateBatch&& batch) {
  take_share_commits(sight_.shares.take(std::move(batch), books_.topic_names.names()));
}

void OffsetsIntake::take_share_commits(const std::vector<ShareCommit>& commits) {
  for (const ShareCommit& each : commits) {
    if (is_old(each)) continue;
    const CommitSeen commit = each.as_commit();
    take(commit, books_.slots.find(commit.key));
  }
}

// After a restart share state is read from its beginning: what is known already comes again.
bool OffsetsIntake::is_old(const ShareCommit& commit) const {
  const ShareStateSeen& state = commit.state;
  const auto slot = books_.slots.find(commit.key);
  if (!slot) return false;
  const auto newest = books_.slots.newest_commit(*slot);
  return newest && state.written_at <= newest->at &&
         !sight_.shares.read_until(commit.group, state.topic_id, state.partition);
}

std::vector<std::string> OffsetsIntake::take_gone() {
  std::vector<std::string> out = std::exchange(doubtful_, {});
  std::erase_if(out, [&](const std::string& name) {
    const Group* group = books_.find_group(name);
    return group == nullptr || !group->readings.empty() || !group->membership.gone();
  });
  return out;
}

void OffsetsIntake::tell(ClusterHealth& health) const {
  if (implausible_ > 0) health.decode_errors["implausible_partition"] = implausible_;
}

// --- commits
// -----------------------------------------------------------------------------

// Finds the slots of the next commits, and has their memory fetched at once.
void OffsetsIntake::look_ahead(const std::vector<CommitSeen>& commits, std::size_t from) {
  const std::size_t count = std::min(commits.size() - from, Slots::at_once);
  std::array<Slot, Slots::at_once> known{};
  auto end = known.begin();
  for (std::size_t i = 0; i < count; ++i) {
    found_[i] = books_.slots.find(commits[from + i].key);
    if (found_[i]) *end++ = *found_[i];
  }
  books_.slots.expect(std::span(known.begin(), end));
  found_as_of_ = books_.slots.changes();
}

void OffsetsIntake::take(const CommitSeen& commit, std::optional<Slot> slot) {
  if (commit.tombstone) {
    if (slot) forget_slot(*slot);
    return;
  }
  if (!slot && !is_plausible(commit.partition)) {
    ++implausible_;
    return;
  }
  if (!slot) slot = add_slot(commit);
  SlotInfo& of = books_.slots.info(*slot);
  if (of.reading == nullptr) return;
  if (given(commit.topic_id)) note_topic_id(*of.reading->topic, commit);
  if (!of.at().end) books_.wants_refresh = true;
  if (of.reading->policy->rules == RuleSet::burrow) take_burrow(*slot, commit);
  take_pace(of, *slot, commit);
  books_.slots.keep(*slot, {commit.offset, commit.committed_at});
  of.end_at_commit_known = false;
  turns_.wake(*slot);
}

// How many records it says were read since the one before.
void OffsetsIntake::take_pace(SlotInfo& of, Slot slot, const CommitSeen& commit) {
  const auto before = books_.slots.newest_commit(slot);
  if (!before || before->offset != commit.offset) of.forget_probe();
  const std::int64_t read = before ? commit.offset - before->offset : 0;
  of.reading->group->read.read(std::max<std::int64_t>(0, read), commit.committed_at);
}

void OffsetsIntake::take_burrow(Slot slot, const CommitSeen& commit) {
  const SlotInfo& of = books_.slots.info(slot);
  const auto& end = of.at().end;
  BurrowSample sample{commit.offset, commit.committed_at, std::nullopt};
  if (end) sample.lag = std::max<std::int64_t>(0, *end - commit.offset);
  apply_commit(books_.slots.burrow(slot), sample, *of.reading->policy);
}

void OffsetsIntake::note_topic_id(Topic& topic, const CommitSeen& commit) {
  if (topic.id == commit.topic_id) {
    topic.id_from = std::max(topic.id_from, commit.committed_at);
    return;
  }
  if (given(topic.id) && commit.committed_at < topic.id_from) return;  // of the topic before
  const bool recreated = given(topic.id);
  topic.id = commit.topic_id;
  topic.id_from = commit.committed_at;
  books_.topic_names.learn(commit.topic_id, topic.name);
  if (!recreated) return;
  if (!sight_.offsets.starting(commit.offsets_partition)) events_.recreated(topic.name);
  logs_.recreated(topic, commit.committed_at);
}

// --- who commits
// -----------------------------------------------------------------------------

Group& OffsetsIntake::find_or_add_group(std::string_view name) {
  auto found = books_.groups.find(name);
  if (found == books_.groups.end()) {
    found = books_.groups.emplace(std::string(name), Group{}).first;
    Group& group = found->second;
    group.name = found->first;
    turns_.groups_changed();
    ++books_.group_changes;
    group.news.from_start = sight_.starting(group);
    if (!group.news.from_start) group.arrivals.watch(true);
  }
  return found->second;
}

Reading* OffsetsIntake::find_or_add_reading(const CommitSeen& commit) {
  if (Group* known = books_.find_group(commit.group); known != nullptr) {
    const auto found = known->readings.find(commit.topic);
    if (found != known->readings.end()) return &found->second;
  }
  const Policy& policy = books_.resolve(commit.group, commit.topic);
  if (policy.ignore) return nullptr;
  Group& group = find_or_add_group(commit.group);
  Topic& topic = books_.topics.find_or_add(commit.topic);
  ++topic.groups;
  return &group.readings.emplace(topic.name, Reading{&group, &topic, &policy, {}}).first->second;
}

Slot OffsetsIntake::add_slot(const CommitSeen& commit) {
  const Slot slot = books_.slots.add(commit.key);
  SlotInfo& of = books_.slots.info(slot);
  of.reading = find_or_add_reading(commit);
  if (of.reading == nullptr) return slot;
  of.partition = commit.partition;
  auto& slots = of.reading->slots;
  slots.insert(first_at_or_after(slots, commit.partition.get()), {commit.partition.get(), slot});
  Topic& topic = *of.reading->topic;
  const std::size_t size = topic.partitions.size();
  of.at().readers.push_back(slot);
  books_.topics.touch();
  turns_.wake_whole(*of.reading->group);
  if (topic.listed && topic.partitions.size() != size) turns_.wake_readers(topic);
  return slot;
}

void OffsetsIntake::forget_slot(Slot slot) {
  const SlotInfo of = books_.slots.info(slot);
  books_.slots.erase(slot);
  if (of.reading == nullptr) return;
  std::erase(of.at().readers, slot);
  Group& group = *of.reading->group;
  Topic& topic = *of.reading->topic;
  auto& slots = of.reading->slots;
  slots.erase(first_at_or_after(slots, of.partition.get()));
  if (slots.empty()) {
    --topic.groups;
    group.readings.erase(topic.name);
  }
  books_.topics.drop_if_gone(topic);
  turns_.wake_whole(group);
  if (group.readings.empty()) doubtful_.push_back(group.name);
}

// --- group records
// -----------------------------------------------------------------------------

void OffsetsIntake::take(GroupRecord&& record, Instant received_at) {
  if (auto* ids = std::get_if<TopicIdsSeen>(&record)) {
    for (const auto& [id, name] : ids->topics) books_.topic_names.learn(id, name);
    take_share_commits(sight_.shares.take_named(books_.topic_names.names()));
    return;
  }
  const std::string name = group_of(record).get();
  if (books_.resolve(name, "").ignore) return;
  Group& group = find_or_add_group(name);
  const auto* life = std::get_if<ModernGroupSeen>(&record);
  const bool share = life != nullptr && life->kind == GroupKind::share;
  if (share && life->tombstone) forget_share_state(group);
  if (share && sight_.shares.missing()) books_.wants_refresh = true;
  apply(std::move(record), group.membership);
  const std::int32_t generation = group.membership.generation();
  if (generation >= 0 && sight_.offsets.caught_up()) {
    group.generations.saw(generation, sight_.broker_time(received_at));
  }
  group.members_known = false;
  turns_.wake_whole(group);
  if (group.membership.gone()) doubtful_.push_back(group.name);
}

// Its state is deleted too, but that may be out of our sight.
void OffsetsIntake::forget_share_state(Group& group) {
  if (group.membership.kind() != GroupKind::share) return;
  sight_.shares.forget(group.name);
  forget_slots(group, [](Slot) { return true; });
}

// --- what is not so, or no more
// -----------------------------------------------------------------------------

template <class Which>
void OffsetsIntake::forget_slots(Group& group, Which which) {
  std::vector<Slot> slots;
  for (const auto& [topic, reading] : group.readings) {
    for (const auto& [partition, slot] : reading.slots) {
      if (which(slot)) slots.push_back(slot);
    }
  }
  for (const Slot slot : slots) forget_slot(slot);
}

void OffsetsIntake::drop(Group& group) {
  group.membership = {};
  forget_slots(group, [](Slot) { return true; });
  for (const auto& [topic, reading] : group.readings) --reading.topic->groups;  // without any slot
  group.readings.clear();
  doubtful_.push_back(group.name);
}

void OffsetsIntake::drop_uncommitted(Group& group) {
  forget_slots(group, [this](Slot slot) { return !books_.slots.newest_commit(slot); });
  doubtful_.push_back(group.name);
}

}  // namespace tidemark
