#include "daemon/pipeline/cluster_state.h"

#include <algorithm>
#include <utility>

#include "collectors/record.h"

namespace tidemark {
namespace {

bool given(const TopicUuid& id) { return id != TopicUuid{}; }

// The burrow rules look back as many refreshes as commits; without them none need be kept.
std::size_t refreshes_for_burrow(const PolicyTable& policies) {
  int most = 0;
  for (const PolicyEntry& entry : policies.entries()) {
    if (entry.policy.rules == RuleSet::burrow) most = std::max(most, entry.policy.intervals);
  }
  return static_cast<std::size_t>(most);
}

template <class Slots>
auto first_at_or_after(Slots& slots, std::int32_t partition) {
  return std::partition_point(slots.begin(), slots.end(),
                              [&](const auto& each) { return each.partition < partition; });
}

// What was seen of it is of a log that is no more; the next refresh shows the one that is.
void forget_log(TopicPartition& partition) {
  partition.history.forget();
  partition.starts.forget();
  partition.end.reset();
  partition.start.reset();
  partition.lso.reset();
  partition.lso_since.reset();
  partition.released.forget();
}

// Before the log end of the same refresh is taken.
void note_log_start(TopicPartition& partition, Offset seen, Instant at) {
  if (partition.start && seen < *partition.start) partition.starts.forget();
  if (partition.start && seen > *partition.start && partition.end) {
    const Crossing written = partition.history.crossing(Offset{seen.get() - 1});
    LogStartLog::Move move{seen, *partition.end, at};
    if (written.kind == Crossing::Kind::shown) move.deleted_age = at - written.at;
    partition.starts.moved(move);
  }
  partition.start = seen;
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

}  // namespace

ClusterState::ClusterState(ClusterStateSettings settings, const PolicyTable& policies)
    : settings_(std::move(settings)),
      policies_(policies),
      burrow_refreshes_(refreshes_for_burrow(policies)),
      desk_(settings_.cluster),
      events_(settings_.cluster, settings_.refresh) {}

ClusterState::Group& ClusterState::find_or_add_group(std::string_view name) {
  auto found = groups_.find(name);
  if (found == groups_.end()) {
    found = groups_.emplace(std::string(name), Group{}).first;
    found->second.name = found->first;
    ordered_ = false;
    found->second.news.from_start = freshness_.starting(offsets_partition(found->second));
    if (!freshness_.starting(offsets_partition(found->second))) found->second.arrivals.watch(true);
  }
  return found->second;
}

const Policy& ClusterState::resolve(std::string_view group, std::string_view topic) {
  const Policy& configured = policies_.find(settings_.cluster, group, topic);
  const auto [found, added] = resolved_.try_emplace(&configured, configured);
  if (added) found->second.refresh = settings_.refresh;
  return found->second;
}

// --- the offsets topic
// -----------------------------------------------------------------------------

void ClusterState::apply(OffsetsBatch&& batch) {
  see_clock(batch);
  auto record = batch.group_records.begin();
  for (std::size_t i = 0; i < batch.commits.size(); ++i) {
    for (; record != batch.group_records.end() && record->before_commit <= i; ++record) {
      group_record(std::move(record->record), batch.received_at);
    }
    commit(batch.commits[i]);
    pauses_.worked();
  }
  for (; record != batch.group_records.end(); ++record) {
    group_record(std::move(record->record), batch.received_at);
  }
  drop_those_gone();
  for (const OffsetsPosition& at : batch.positions) freshness_.position(at);
}

void ClusterState::commit(const CommitSeen& commit) {
  auto slot = windows_.find(commit.key);
  if (commit.tombstone) {
    if (slot) forget_slot(*slot);
    return;
  }
  if (!slot && commit.partition.get() > most_partitions) {
    ++implausible_partitions_;
    return;
  }
  if (!slot) slot = add_slot(commit);
  SlotInfo& of = info(*slot);
  if (of.reading == nullptr) return;
  if (given(commit.topic_id)) note_topic_id(*of.reading->topic, commit);

  TopicPartition& partition = partition_of(of);
  const Policy& policy = *of.reading->policy;
  if (!partition.end) wants_refresh_ = true;
  if (policy.rules == RuleSet::burrow) {
    BurrowSample sample{commit.offset, commit.committed_at, std::nullopt};
    if (partition.end) sample.lag = std::max<std::int64_t>(0, *partition.end - commit.offset);
    apply_commit(burrow_[static_cast<std::uint32_t>(*slot)], sample, policy);
  }
  const auto before = newest_commit(*slot);
  if (!before || before->offset != commit.offset) of.forget_probe();
  const std::int64_t read = before ? commit.offset - before->offset : 0;
  of.reading->group->read.read(std::max<std::int64_t>(0, read), commit.committed_at);
  keep(*slot, {commit.offset, commit.committed_at});
  of.end_at_commit_known = false;
  wake(*slot);
}

Slot ClusterState::add_slot(const CommitSeen& commit) {
  const Slot slot = windows_.add(commit.key);
  if (static_cast<std::size_t>(slot) >= slots_.size()) {
    slots_.resize(static_cast<std::size_t>(slot) + 1);
  }
  SlotInfo& of = info(slot);
  of = SlotInfo{};
  of.reading = find_or_add_reading(commit);
  if (of.reading == nullptr) return slot;
  of.partition = commit.partition;
  auto& slots = of.reading->slots;
  slots.insert(first_at_or_after(slots, commit.partition.get()), {commit.partition.get(), slot});
  Topic& topic = *of.reading->topic;
  const std::size_t size = topic.partitions.size();
  partition_of(of).readers.push_back(slot);
  topics_.touch();
  wake_whole(*of.reading->group);
  if (topic.listed && topic.partitions.size() != size) wake_readers(topic);
  return slot;
}

ClusterState::Reading* ClusterState::find_or_add_reading(const CommitSeen& commit) {
  const auto known = groups_.find(commit.group);
  if (known != groups_.end()) {
    const auto found = known->second.readings.find(commit.topic);
    if (found != known->second.readings.end()) return &found->second;
  }
  const Policy& policy = resolve(commit.group, commit.topic);
  if (policy.ignore) return nullptr;
  Group& group = find_or_add_group(commit.group);
  Topic& topic = topics_.find_or_add(commit.topic);
  ++topic.groups;
  return &group.readings.emplace(topic.name, Reading{&group, &topic, &policy, {}}).first->second;
}

void ClusterState::note_topic_id(Topic& topic, const CommitSeen& commit) {
  if (topic.id == commit.topic_id) {
    topic.id_from = std::max(topic.id_from, commit.committed_at);
    return;
  }
  if (given(topic.id) && commit.committed_at < topic.id_from) return;  // of the topic before
  const bool recreated = given(topic.id);
  topic.id = commit.topic_id;
  topic.id_from = commit.committed_at;
  topic_names_.learn(commit.topic_id, topic.name);
  if (!recreated) return;
  if (!freshness_.starting(commit.offsets_partition)) events_.topics.recreated(topic.name);
  for (TopicPartition& partition : topic.partitions) {
    for (const Slot reader : partition.readers) settle(reader);
    if (!partition.history.empty() && partition.history.newest().at <= commit.committed_at) {
      forget_log(partition);
    }
    for (const Slot reader : partition.readers) refresh_reader(reader, partition, true, true);
  }
}

void ClusterState::forget_slot(Slot slot) {
  const SlotInfo of = info(slot);
  burrow_.erase(static_cast<std::uint32_t>(slot));
  windows_.erase(slot);
  waiting_.erase(slot);
  if (windows_.size() == 0) waiting_ = WaitingCommits{};  // with the room that all had
  info(slot) = SlotInfo{};
  if (of.reading == nullptr) return;
  auto& readers = partition_of(of).readers;
  readers.erase(std::remove(readers.begin(), readers.end(), slot), readers.end());
  Group& group = *of.reading->group;
  Topic& topic = *of.reading->topic;
  auto& slots = of.reading->slots;
  slots.erase(first_at_or_after(slots, of.partition.get()));
  if (slots.empty()) {
    --topic.groups;
    group.readings.erase(topic.name);
  }
  if (topics_.drop_if_gone(topic)) speeds_.forget();
  wake_whole(group);
  if (group.readings.empty()) doubtful_.push_back(group.name);
}

void ClusterState::group_record(GroupRecord&& record, Instant received_at) {
  if (auto* ids = std::get_if<TopicIdsSeen>(&record)) {
    for (const auto& [id, name] : ids->topics) topic_names_.learn(id, name);
    take_share_commits(shares_.take_named(topic_names_.names()));
    return;
  }
  const std::string name = group_of(record).get();
  if (resolve(name, "").ignore) return;
  Group& group = find_or_add_group(name);
  const auto* life = std::get_if<ModernGroupSeen>(&record);
  const bool share = life != nullptr && life->kind == GroupKind::share;
  if (share && life->tombstone) forget_share_state(group);
  if (share && shares_.missing()) wants_refresh_ = true;
  std::visit(
      [&](auto&& seen) {
        using Seen = std::decay_t<decltype(seen)>;
        if constexpr (!std::is_same_v<Seen, TopicIdsSeen>) {
          group.membership.apply(std::forward<decltype(seen)>(seen));
        }
      },
      std::move(record));
  const std::int32_t generation = group.membership.generation();
  if (generation >= 0 && freshness_.caught_up()) {
    group.generations.saw(generation, received_at - shift_.get());
  }
  group.members_known = false;
  wake_whole(group);
  if (group.membership.gone()) doubtful_.push_back(group.name);
}

// Only when a whole batch is taken: a change of protocol ends a group's old life before it begins
// the new one.
void ClusterState::drop_those_gone() {
  for (const std::string& name : std::exchange(doubtful_, {})) {
    const auto found = groups_.find(name);
    if (found == groups_.end()) continue;
    Group& group = found->second;
    if (!group.readings.empty() || !group.membership.gone()) continue;
    if (!freshness_.starting(offsets_partition(group))) {
      events_.groups.gone(group.news, group.report);
    }
    neighbours_.change(group.standing, {});
    diagnoses_.forget(name);
    groups_.erase(found);
    ordered_ = false;
  }
}

// --- log ends
// --------------------------------------------------------------------------------------

void ClusterState::apply(TopicsSeen&& seen) {
  cluster_id_ = std::move(seen.cluster_id);
  brokers_ = seen.brokers;
  freshness_.resize(seen.offsets_topic_partitions);
  shares_.apply(seen);
  topic_names_.apply(seen);
  if (!topics_.apply(seen)) return;
  speeds_.forget();
  // Padding up to a topic's size shows in its groups.
  wake_all();
}

void ClusterState::apply(LogEndsSeen&& seen) {
  shares_.apply(seen);
  log_ends_at_ = std::max(log_ends_at_.value_or(seen.taken_at), seen.taken_at);
  for (const OffsetsTopicEnd& at : seen.offsets_topic) {
    freshness_.polled(seen.taken_at, at.partition, at.end, at.lso);
  }
  if (!topics_.list_known()) wake_all();
  const Instant at = seen.taken_at - shift_.get();
  for (const TopicOffsets& offsets : seen.topics) {
    Topic* topic = topics_.of_log_ends(offsets.topic.get());
    if (topic == nullptr) continue;
    for (const PartitionOffsets& partition : offsets.partitions) {
      log_end(*topic, partition, at);
      pauses_.worked();
    }
  }
}

void ClusterState::apply(TopicSettingsSeen&& seen) {
  for (auto& [name, settings] : seen.topics) {
    Topic* topic = topics_.find(name.get());
    if (topic == nullptr || topic->settings == settings) continue;
    topic->settings = settings;
    topic->changed = true;
    for (const TopicPartition& partition : topic->partitions) {
      for (const Slot reader : partition.readers) wake(reader);
    }
  }
}

void ClusterState::log_end(Topic& topic, const PartitionOffsets& seen, Instant at) {
  const std::size_t size = topic.partitions.size();
  TopicPartition& partition = TopicTable::partition(topic, seen.partition);
  if (topic.partitions.size() != size) wake_readers(topic);
  const bool start_moved = seen.start && seen.start != partition.start;
  const bool lso_moved = seen.lso && seen.lso != partition.lso;
  const bool moved = seen.end && seen.end != partition.end;
  topic.changed = topic.changed || start_moved || lso_moved || moved;
  topic.changed = topic.changed || seen.leader != partition.leader;
  const bool led_anew = seen.leader != partition.leader;
  partition.leader = seen.leader;
  if (seen.start) note_log_start(partition, *seen.start, at);
  if (lso_moved && partition.lso_since && *partition.lso < *seen.lso) {
    partition.released.rose(*partition.lso, *seen.lso, at);
  }
  if (seen.lso) partition.lso = seen.lso;
  note_lso(partition, lso_moved, seen.end.value_or(partition.end.value_or(Offset{0})), at);
  bool fell = false;
  if (seen.end) {
    for (const Slot reader : partition.readers) settle(reader);
    if (!partition.history.empty()) at = std::max(at, partition.history.newest().at);
    fell = partition.history.append({*seen.end, at}, settings_.refresh);
    if (fell && partition.end) {
      events_.topics.fell(topic.name, seen.partition, *partition.end, *seen.end);
    }
    partition.end = seen.end;
    if (fell) {
      partition.starts.forget();
      partition.released.forget();
      partition.start = seen.start;
    }
    if (burrow_refreshes_ > 0) {
      if (partition.recent.size() >= burrow_refreshes_)
        partition.recent.erase(partition.recent.begin());
      partition.recent.push_back({*seen.end, at});
    }
  }
  for (const Slot reader : partition.readers) {
    pauses_.worked();
    SlotInfo& of = info(reader);
    if (start_moved || lso_moved) wake(reader);
    if (led_anew) wake_whole(*of.reading->group);
    if ((lso_moved || moved) && of.probe == Probe::end) of.probe = Probe::none;
    if (start_moved && of.probe == Probe::asked) of.probe = Probe::none;  // of what is deleted
    if (!seen.end) continue;
    if (fell || moved || of.watch) refresh_reader(reader, partition, fell, moved);
    if (fell || !of.end_at_commit_known) {
      of.end_at_commit_known = true;
      of.end_at_commit = *seen.end;
      if (!of.rests) wake(reader);  // only a topic that was left is judged by it
    }
  }
}

// Moving on, however little, is no hanging transaction.
void ClusterState::note_lso(TopicPartition& partition, bool moved, Offset end, Instant at) {
  if (!partition.lso || *partition.lso >= end) {
    partition.lso_since.reset();
  } else if (moved || !partition.lso_since) {
    partition.lso_since = at;
  }
}

void ClusterState::refresh_reader(Slot slot, const TopicPartition& partition, bool fell,
                                  bool moved) {
  SlotInfo& of = info(slot);
  // A pending move is judged now, and a commit may turn out to be beyond the log end: both without
  // the log end having moved.
  const bool watched = of.watch;
  load(slot, scratch_);
  if (fell) of.forget_probe();
  apply_refresh(scratch_, partition.history, fell, *of.reading->policy);
  windows_.save(slot, scratch_);
  note_watch(of, scratch_, partition);
  if (fell || moved || watched) wake(slot);
}

}  // namespace tidemark
