#include "daemon/pipeline/slots.h"

#include <algorithm>
#include <array>

#include "core/prefetch.h"

namespace tidemark {
namespace {

std::span<const Slot> next_of(const std::vector<Slot>& slots, std::size_t i) {
  return std::span(slots).subspan(i, std::min(slots.size() - i, Slots::at_once));
}

}  // namespace

Slot Slots::add(std::string_view key) {
  ++changes_;
  const Slot slot = windows_.add(key);
  infos_.grow_to(static_cast<std::size_t>(slot) + 1);
  info(slot) = SlotInfo{};
  return slot;
}

void Slots::erase(Slot slot) {
  ++changes_;
  burrow_.erase(static_cast<std::uint32_t>(slot));
  windows_.erase(slot);
  waiting_.erase(slot);
  if (windows_.size() == 0) waiting_ = WaitingCommits{};  // with the room that all had
  info(slot) = SlotInfo{};
}

std::optional<CommitSample> Slots::newest_commit(Slot slot) const {
  return info(slot).waiting ? waiting_.newest(slot) : windows_.newest(slot);
}

void Slots::keep(Slot slot, const CommitSample& commit) {
  if (!waiting_.add(slot, commit)) {
    load(slot, settled_);
    static_cast<void>(waiting_.add(slot, commit));  // there is room now
  }
  info(slot).waiting = true;
}

void Slots::add_waiting(Slot slot, const LogEndHistory& ends, PartitionHistory& to) const {
  const SlotInfo& of = info(slot);
  if (of.refreshed) apply_refresh(to, ends, false, *of.reading->policy);
  if (!of.waiting) return;
  waiting_.each(slot, [&](const CommitSample& commit) {
    apply_commit(to, commit, ends, *of.reading->policy);
  });
}

void Slots::load(Slot slot, PartitionHistory& into) {
  windows_.load(slot, into);
  SlotInfo& of = info(slot);
  if (of.settled()) return;
  const TopicPartition& partition = of.at();
  add_waiting(slot, partition.history, into);
  windows_.save(slot, into);
  if (of.waiting) waiting_.erase(slot);
  of.refreshed = of.waiting = false;
  of.watch = is_to_be_watched(into, partition);
}

void Slots::look_at(Slot slot, PartitionHistory& into) const {
  windows_.load(slot, into);
  const SlotInfo& of = info(slot);
  if (!of.settled()) add_waiting(slot, of.at().history, into);
}

void Slots::expect(std::span<const Slot> slots) const {
  for (const Slot slot : slots) {
    prefetch(&info(slot), sizeof(SlotInfo));
    windows_.expect_place(slot);
  }
  for (const Slot slot : slots) {
    const SlotInfo& of = info(slot);
    if (of.reading == nullptr) continue;
    windows_.expect_history(slot);
    prefetch(&of.at(), sizeof(TopicPartition));
  }
}

void Slots::expect(std::size_t i, const std::vector<Slot>& slots) const {
  if (i % at_once == 0) expect(next_of(slots, i));
}

void Slots::expect_settling(std::size_t i, const std::vector<Slot>& slots) const {
  if (i % at_once != 0) return;
  const std::span<const Slot> next = next_of(slots, i);
  for (const Slot slot : next) prefetch(&info(slot), sizeof(SlotInfo));
  std::array<Slot, at_once> unsettled{};
  const auto end = std::copy_if(next.begin(), next.end(), unsettled.begin(),
                                [this](Slot slot) { return !info(slot).settled(); });
  expect(std::span(unsettled.begin(), end));
}

bool Slots::settle(Slot slot) {
  if (info(slot).settled()) return false;
  load(slot, settled_);
  return true;
}

bool Slots::is_to_be_watched(const PartitionHistory& history, const TopicPartition& partition) {
  if (!history.pending.empty()) return true;
  return history.committed() && partition.end && history.newest().offset > *partition.end;
}

}  // namespace tidemark
