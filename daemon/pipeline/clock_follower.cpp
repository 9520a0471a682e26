#include "daemon/pipeline/clock_follower.h"

#include <cstdint>
#include <optional>

namespace tidemark {

void ClockFollower::see(const OffsetsBatch& batch) {
  std::optional<std::int32_t> partition;
  bool starting = false;
  for (const CommitSeen& commit : batch.commits) {
    if (commit.tombstone || !is_plausible(commit.partition)) continue;
    if (partition != commit.offsets_partition) {
      partition = commit.offsets_partition;
      starting = sight_.offsets.starting(*partition);
    }
    if (starting) {
      sight_.clock.saw_any(batch.received_at, commit.committed_at);
    } else {
      sight_.clock.saw_live(batch.received_at, commit.committed_at);
    }
  }
  follow();
}

// Log ends that were seen before the first live commit stand where this machine's clock put them,
// and a step of the brokers' clock leaves them behind. Without this a machine that is two hours
// ahead would say for two hours that nothing waits.
void ClockFollower::follow() {
  const Duration by = followed_ - sight_.clock.get();
  if (std::chrono::abs(by) <= books_.settings.refresh) return;
  followed_ = sight_.clock.get();
  ++books_.upheavals;
  Slots& slots = books_.slots;
  slots.each([&](Slot slot) { slots.settle(slot); });
  books_.topics.move_in_time(by);
  slots.each([&](Slot slot) {
    slots.load(slot, history_);
    move_in_time(history_, by);
    slots.save(slot, history_);
    SlotInfo& of = slots.info(slot);
    of.held_from = 0;
    of.held = false;
    turns_.wake_whole(*of.reading->group);
  });
}

}  // namespace tidemark
