// Where the histories of all group-partitions of one cluster live: one slot each, found once by the
// raw key bytes of its commit records. The evaluator says what a history means; this class decides
// how it is laid out, and may change that without anybody noticing.
//
// Owned and called by one pipeline thread. A slot stays valid until it is erased; erased ones are
// used again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "evaluator/partition_history.h"

namespace tidemark {

enum class Slot : std::uint32_t {};

class WindowStore {
 public:
  WindowStore();
  ~WindowStore();
  WindowStore(const WindowStore&) = delete;
  WindowStore& operator=(const WindowStore&) = delete;

  [[nodiscard]] std::optional<Slot> find(std::string_view key) const;
  // The key that it was added with.
  void key_of(Slot slot, std::string& into) const;
  // The key must not be present. The new slot's history is empty.
  Slot add(std::string_view key);
  void erase(Slot slot);

  // Reads into `into`, whose memory is used again: keep one and pass it every time.
  void load(Slot slot, PartitionHistory& into) const;
  void save(Slot slot, const PartitionHistory& history);
  // Has memory fetched that the others will need of this slot: first where its history is, and,
  // once that can have come, the history.
  void expect_place(Slot slot) const;
  void expect_history(Slot slot) const;
  // Of its history, without the rest; null: it has none.
  [[nodiscard]] std::optional<CommitSample> newest(Slot slot) const;

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::size_t bytes() const;  // held, all included

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tidemark
