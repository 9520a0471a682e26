// Commits that are not part of their slot's history yet: to append one costs next to nothing, and a
// history is unpacked and packed once for all that wait. A slot's stand in one block: a small one
// for the first, which is all there is in daily life, and then one with room for a few. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

#include "evaluator/partition_history.h"
#include "storage/byte_blocks.h"
#include "storage/window_store.h"

namespace tidemark {

class WaitingCommits {
 public:
  // So many wait of one slot at most.
  static constexpr std::size_t most = 13;

  // False: there is no room, or it is too far from those that wait (more than 2^31 records or ms).
  [[nodiscard]] bool add(Slot slot, const CommitSample& commit);
  void erase(Slot slot) { blocks_.erase(static_cast<std::uint32_t>(slot)); }

  [[nodiscard]] bool any(Slot slot) const { return block_of(slot) != nullptr; }
  [[nodiscard]] std::optional<CommitSample> newest(Slot slot) const;

  // Calls `take(commit)` for each of the slot's, in the order in which they came.
  template <class Take>
  void each(Slot slot, Take take) const {
    const char* block = block_of(slot);
    if (block == nullptr) return;
    const Head head = head_of(block);
    take(CommitSample{Offset{head.offset}, from_ms(head.ms)});
    for (std::uint32_t i = 1; i < head.count; ++i) take(at(block, i));
  }

  [[nodiscard]] std::size_t bytes() const { return blocks_.bytes(); }  // held, all included

 private:
  // A block: the first commit and how many there are, then how far each other is from the first.
  struct Head {
    std::int64_t offset = 0;
    std::int64_t ms = 0;
    std::uint32_t count = 0;
  };
  struct Step {
    std::int32_t offset = 0;
    std::int32_t ms = 0;
  };

  [[nodiscard]] const char* block_of(Slot slot) const {
    return blocks_.get(static_cast<std::uint32_t>(slot));
  }
  static Head head_of(const char* block) {
    Head head;
    std::memcpy(&head, block, sizeof head);
    return head;
  }
  static CommitSample at(const char* block, std::uint32_t i);

  ByteBlocks blocks_;
};

}  // namespace tidemark
