// Raw record keys to slots and back. Keys that differ in their last four bytes only (the partitions
// of one group and topic) share one copy of the rest, and most keys are found without hashing: they
// share it with the key asked for before. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/hash_table.h"

namespace tidemark {

class KeyIndex {
 public:
  KeyIndex() = default;
  KeyIndex(const KeyIndex&) = delete;
  KeyIndex& operator=(const KeyIndex&) = delete;

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view key) const;
  // Neither the key nor the slot is present yet. Slots are used densely.
  void add(std::string_view key, std::uint32_t slot);
  // The slot is present.
  void key_of(std::uint32_t slot, std::string& into) const;
  void erase(std::uint32_t slot);

  [[nodiscard]] std::size_t bytes() const;  // held, all included

 private:
  // A key without its last four bytes; a shorter key is all stem.
  struct Stem {
    std::string text;
    bool whole = false;
    std::vector<std::uint32_t> slots;  // by their ending; only an unused stem has none
  };
  struct Parts {
    std::string_view stem;
    std::uint32_t ending = 0;
    bool whole = false;  // the key is too short to have an ending

    friend bool operator==(const Stem& a, const Parts& b) {
      return a.whole == b.whole && a.text == b.stem;
    }
  };
  struct Row {
    std::uint32_t stem = 0;
    std::uint32_t ending = 0;
  };
  using Position = std::vector<std::uint32_t>::const_iterator;

  static Parts split(std::string_view key);
  [[nodiscard]] std::optional<std::uint32_t> find_stem(const Parts& parts) const;
  std::uint32_t add_stem(const Parts& parts);
  // The first of the stem's slots whose ending is not below this one.
  [[nodiscard]] Position place_of(const Stem& stem, std::uint32_t ending) const;

  std::deque<Row> rows_;  // by slot
  std::deque<Stem> stems_;
  std::vector<std::uint32_t> free_stems_;
  HashTable by_text_;
  mutable std::uint32_t last_ = 0;  // the stem that was asked for last
};

}  // namespace tidemark
