// Commits wait beside their history until somebody needs it. Then all of them are taken at once, by
// the rules as if each had been taken as it came: so before the log ends change that it would have
// been seen with, whoever is about to change them settles what waits.
#include "daemon/pipeline/cluster_state.h"

namespace tidemark {

std::optional<CommitSample> ClusterState::newest_commit(Slot slot) const {
  const auto waiting = waiting_.newest(slot);
  return waiting ? waiting : windows_.newest(slot);
}

void ClusterState::keep(Slot slot, const CommitSample& commit) {
  if (waiting_.add(slot, commit)) return;
  load(slot, scratch_);
  static_cast<void>(waiting_.add(slot, commit));  // there is room now
}

void ClusterState::add_waiting(Slot slot, PartitionHistory& to) {
  const SlotInfo& of = info(slot);
  const LogEndHistory& ends = partition_of(of).history;
  waiting_.each(slot, [&](const CommitSample& commit) {
    apply_commit(to, commit, ends, *of.reading->policy);
  });
}

void ClusterState::load(Slot slot, PartitionHistory& into) {
  windows_.load(slot, into);
  if (!waiting_.any(slot)) return;
  add_waiting(slot, into);
  windows_.save(slot, into);
  waiting_.erase(slot);
  SlotInfo& of = info(slot);
  note_watch(of, into, partition_of(of));
}

// Like load(), and changes nothing.
void ClusterState::look_at(Slot slot, PartitionHistory& into) {
  windows_.load(slot, into);
  if (waiting_.any(slot)) add_waiting(slot, into);
}

void ClusterState::settle(Slot slot) {
  if (!waiting_.any(slot)) return;
  load(slot, scratch_);
  pauses_.worked();
}

void ClusterState::note_watch(SlotInfo& of, const PartitionHistory& history,
                              const TopicPartition& partition) {
  of.watch = !history.pending.empty() ||
             (history.committed() && partition.end && history.newest().offset > *partition.end);
}

}  // namespace tidemark
