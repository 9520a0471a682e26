// The brokers' clock, as commits tell it, and what follows it.
#include <utility>

#include "daemon/pipeline/cluster_state.h"

namespace tidemark {

void ClusterState::see_clock(const OffsetsBatch& batch) {
  for (const CommitSeen& commit : batch.commits) {
    if (commit.tombstone || commit.partition.get() > most_partitions) continue;
    if (freshness_.starting(commit.offsets_partition)) {
      shift_.saw_any(batch.received_at, commit.committed_at);
    } else {
      shift_.saw_live(batch.received_at, commit.committed_at);
    }
  }
  follow_clock();
}

// Log ends that were seen before the first live commit stand where this machine's clock put them,
// and a step of the brokers' clock leaves them behind. Without this a machine that is two hours
// ahead would say for two hours that nothing waits.
void ClusterState::follow_clock() {
  const Duration by = followed_shift_ - shift_.get();
  if (std::chrono::abs(by) <= settings_.refresh) return;
  followed_shift_ = shift_.get();
  for (std::size_t i = 0; i < slots_.size(); ++i) settle(Slot{static_cast<std::uint32_t>(i)});
  topics_.move_in_time(by);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].reading == nullptr) continue;
    const Slot slot{static_cast<std::uint32_t>(i)};
    load(slot, scratch_);
    tidemark::move_in_time(scratch_, by);
    windows_.save(slot, scratch_);
    slots_[i].held_from = 0;
    slots_[i].held = false;
    wake_whole(*slots_[i].reading->group);
  }
}

}  // namespace tidemark
