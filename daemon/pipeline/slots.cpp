#include "daemon/pipeline/slots.h"

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t cache_line = 64;

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

void Slots::expect(std::size_t i, const std::vector<Slot>& slots) const {
  if (i % at_once != 0) return;
  const std::size_t end = std::min(slots.size(), i + at_once);
  for (std::size_t k = i; k < end; ++k) expect_place(slots[k]);
  for (std::size_t k = i; k < end; ++k) expect_history(slots[k]);
}

void Slots::expect_settling(std::size_t i, const std::vector<Slot>& slots) const {
  if (i % at_once != 0) return;
  const std::size_t end = std::min(slots.size(), i + at_once);
  for (std::size_t k = i; k < end; ++k) __builtin_prefetch(&info(slots[k]));
  for (std::size_t k = i; k < end; ++k) {
    if (!info(slots[k]).settled()) windows_.expect_place(slots[k]);
  }
  for (std::size_t k = i; k < end; ++k) {
    if (!info(slots[k]).settled()) windows_.expect_history(slots[k]);
  }
}

void Slots::expect_history(Slot slot) const {
  const SlotInfo& of = info(slot);
  if (of.reading == nullptr) return;
  windows_.expect_history(slot);
  const char* partition = reinterpret_cast<const char*>(&of.at());
  for (std::size_t at = 0; at < sizeof(TopicPartition); at += cache_line) {
    __builtin_prefetch(partition + at);
  }
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
