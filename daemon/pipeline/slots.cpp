#include "daemon/pipeline/slots.h"

namespace tidemark {

Slot Slots::add(std::string_view key) {
  const Slot slot = windows_.add(key);
  if (static_cast<std::size_t>(slot) >= infos_.size()) {
    infos_.resize(static_cast<std::size_t>(slot) + 1);
  }
  info(slot) = SlotInfo{};
  return slot;
}

void Slots::erase(Slot slot) {
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

void Slots::add_waiting(Slot slot, PartitionHistory& to) const {
  const SlotInfo& of = info(slot);
  const LogEndHistory& ends = of.at().history;
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
  add_waiting(slot, into);
  windows_.save(slot, into);
  if (of.waiting) waiting_.erase(slot);
  of.refreshed = of.waiting = false;
  note_watch(slot, into);
}

void Slots::look_at(Slot slot, PartitionHistory& into) const {
  windows_.load(slot, into);
  if (!info(slot).settled()) add_waiting(slot, into);
}

bool Slots::settle(Slot slot) {
  if (info(slot).settled()) return false;
  load(slot, settled_);
  return true;
}

void Slots::note_watch(Slot slot, const PartitionHistory& history) {
  SlotInfo& of = info(slot);
  const auto& end = of.at().end;
  of.watch =
      !history.pending.empty() || (history.committed() && end && history.newest().offset > *end);
}

}  // namespace tidemark
