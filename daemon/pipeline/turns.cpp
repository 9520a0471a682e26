// Whose turn it is at a tick: which groups are looked at, and how much of each is judged anew.
//
// A slot rests when nothing but a change of what it is judged by, or an instant that its group
// knows of (`due`, `stale_from`), can make another verdict of it: it is read up to what its policy
// allows or on its way there, our view is fresh, nothing is asked of the brokers. What changes
// wakes it, and is judged at the next tick; the rest of its group's report is copied.
#include <algorithm>

#include "daemon/pipeline/cluster_state.h"

namespace tidemark {
namespace {

constexpr int stale_refreshes = 3;

}  // namespace

void ClusterState::wake(Slot slot) {
  SlotInfo& of = info(slot);
  Group& group = *of.reading->group;
  if (of.rests) {
    of.rests = false;
    group.awake.push_back(slot);
  }
  wake(group);
}

void ClusterState::wake(Group& group) {
  if (group.dirty) return;
  group.dirty = true;
  if (group.place != unplaced) turns_[group.place].at = Instant::min();
}

void ClusterState::wake_whole(Group& group) {
  group.whole = true;
  wake(group);
}

void ClusterState::wake_all() {
  for (auto& [name, group] : groups_) {
    group.members_known = false;  // the names that they are told by may have changed
    wake_whole(group);
  }
}

// As wholes: it has grown.
void ClusterState::wake_readers(const Topic& topic) {
  for (const TopicPartition& partition : topic.partitions) {
    for (const Slot reader : partition.readers) wake_whole(*info(reader).reading->group);
  }
}

bool ClusterState::rests(const SlotInfo& of, const PartitionReport& judged) const {
  return !judged.stale && !unsettled_ && !judged.sentence && is_plain(judged.reason) &&
         judged.conditions == Conditions{} && of.reading->policy->rules == RuleSet::tidemark &&
         of.reading->group->membership.kind() != GroupKind::share;
}

void ClusterState::order_groups() {
  if (ordered_) return;
  ordered_ = true;
  std::vector<Turn> turns;
  turns.reserve(groups_.size());
  reports_.clear();
  for (auto& [name, group] : groups_) {
    turns.push_back({group.place == unplaced ? Instant::min() : turns_[group.place].at, &group});
    group.place = turns.size() - 1;
    reports_.push_back(group.report);
  }
  turns_ = std::move(turns);
}

void ClusterState::judge_those_due(Instant now) {
  const Instant broker_now = now - shift_.get();
  for (Turn& turn : turns_) {
    if (turn.at > broker_now) continue;
    Group& group = *turn.group;
    if (to_be_judged(group, now)) judge_group(group, now);
    turn.at = next_turn(group);
    pauses_.worked();
  }
}

Instant ClusterState::next_turn(const Group& group) {
  if (group.dirty || group.report->stale) return Instant::min();
  return std::min(group.due.value_or(Instant::max()), group.stale_from.value_or(Instant::max()));
}

// In the list of all reports.
void ClusterState::show(Group& group) {
  if (ordered_ && group.place != unplaced) reports_.set(group.place, group.report);
}

// True: by judge_group(), as a whole where not only what changed is to be looked at.
bool ClusterState::to_be_judged(Group& group, Instant now) {
  if (!group.report) return true;
  const bool starting = freshness_.starting(offsets_partition(group));
  if (starting && group.report->stale) return false;  // nothing else can be said yet
  const Instant broker_now = now - shift_.get();
  const auto came = [&](std::optional<Instant> at) { return at && *at <= broker_now; };
  const bool time = group.report->stale || came(group.due) ||
                    (came(group.stale_from) && !still_fresh(group, broker_now));
  const bool most =
      2 * group.awake.size() > static_cast<std::size_t>(group.report->partition_count);
  group.whole = group.whole || starting || time || most;
  return starting || group.dirty || time;
}

// Whether what a quiet group was judged by has been refreshed since: then nothing is to be said
// anew, and it costs next to nothing.
bool ClusterState::still_fresh(Group& group, Instant broker_now) {
  if (group.has_sentences || group.membership.kind() == GroupKind::share) return false;
  Instant oldest = broker_now;
  if (const auto until = freshness_.read_until(offsets_partition(group))) {
    oldest = std::min(oldest, *until - shift_.get());
  }
  for (const auto& [name, reading] : group.readings) {
    for (const auto& [partition, slot] : reading.slots) {
      const LogEndHistory& ends = partition_of(info(slot)).history;
      if (ends.empty()) return false;
      oldest = std::min(oldest, ends.newest().at);
    }
  }
  group.stale_from = oldest + stale_refreshes * settings_.refresh + Duration{1};
  return *group.stale_from > broker_now;
}

}  // namespace tidemark
