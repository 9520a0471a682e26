// The slots of one cluster: each is a partition as one group reads it, with its history, the
// commits that wait beside it, and what else is known of it.
//
// A commit waits until somebody needs the history, and so does the refresh of the log end that came
// before it. Then all that wait are taken at once, by the rules as if each had been taken as it
// came: so before log ends change, whoever changes them settles the readers of that partition.
// Owned by one pipeline thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/piece_list.h"
#include "daemon/pipeline/group.h"
#include "evaluator/partition_history.h"
#include "evaluator/rules.h"
#include "storage/waiting_commits.h"
#include "storage/window_store.h"

namespace tidemark {

class Slots {
 public:
  // By the raw key bytes of its commit records; null: not there.
  [[nodiscard]] std::optional<Slot> find(std::string_view key) const { return windows_.find(key); }
  void key_of(Slot slot, std::string& into) const { windows_.key_of(slot, into); }
  // The key must not be present. Nothing is known of the new slot.
  Slot add(std::string_view key);
  void erase(Slot slot);

  SlotInfo& info(Slot slot) { return infos_[static_cast<std::size_t>(slot)]; }
  [[nodiscard]] const SlotInfo& info(Slot slot) const {
    return infos_[static_cast<std::size_t>(slot)];
  }
  // Of a slot under the burrow rules, which have a history of their own.
  BurrowHistory& burrow(Slot slot) { return burrow_[static_cast<std::uint32_t>(slot)]; }

  // Of its history and what waits; null: it has none.
  [[nodiscard]] std::optional<CommitSample> newest_commit(Slot slot) const;
  // Takes a commit; its history need not know of it before load().
  void keep(Slot slot, const CommitSample& commit);
  // Takes note that the log end was refreshed and did not fall: the same holds. It is settled.
  void refreshed(Slot slot) { info(slot).refreshed = true; }
  // The whole history, into memory that is used again. Nothing waits any more.
  void load(Slot slot, PartitionHistory& into);
  void save(Slot slot, const PartitionHistory& history) { windows_.save(slot, history); }
  // Like load(), and changes nothing: in the middle of other work.
  void look_at(Slot slot, PartitionHistory& into) const;
  // Has what waits taken; false: nothing did.
  bool settle(Slot slot);
  // The history has changed, or the log end: whether refreshes must look at this slot.
  void note_watch(Slot slot, const PartitionHistory& history) {
    SlotInfo& of = info(slot);
    of.watch = is_to_be_watched(history, of.at());
  }

  // How many slots were added and erased so far.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

  // Has the memory of some slots fetched at once that judging needs, where one after the other
  // would wait for its own. Of many: to be called before each `i`.
  static constexpr std::size_t at_once = 16;
  void expect(std::span<const Slot> slots) const;
  void expect(std::size_t i, const std::vector<Slot>& slots) const;
  // The same for settle(), which needs nothing of those that are settled.
  void expect_settling(std::size_t i, const std::vector<Slot>& slots) const;

  // Calls `visit(slot)` for each that is not left out by policy.
  template <class Visit>
  void each(Visit visit) const {
    for (std::size_t i = 0; i < infos_.size(); ++i) {
      if (infos_[i].reading != nullptr) visit(Slot{static_cast<std::uint32_t>(i)});
    }
  }

  [[nodiscard]] std::size_t size() const { return windows_.size(); }
  [[nodiscard]] std::size_t bytes() const { return windows_.bytes() + waiting_.bytes(); }

 private:
  void add_waiting(Slot slot, const LogEndHistory& ends, PartitionHistory& to) const;
  static bool is_to_be_watched(const PartitionHistory& history, const TopicPartition& partition);

  WindowStore windows_;
  WaitingCommits waiting_;
  PieceList<SlotInfo> infos_;
  std::uint64_t changes_ = 0;
  std::unordered_map<std::uint32_t, BurrowHistory> burrow_;
  PartitionHistory settled_;  // kept for its memory
};

}  // namespace tidemark
