// Small whole numbers by the hash of what each stands for, in one flat array with open addressing.
// What they stand for is kept elsewhere: who asks tells whether a number is the one that is meant.
// Grows and shrinks with what it holds. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tidemark {

std::uint32_t hash_of(std::string_view bytes);

class HashTable {
 public:
  // Never one of the numbers.
  static constexpr std::uint32_t nobody = 0xFFFFFFFF;

  // The number under this hash that `is(number)` says yes to.
  template <class Is>
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint32_t hash, Is is) const {
    if (entries_.empty()) return std::nullopt;
    for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Entry& entry = entries_[at];
      if (entry.number == nobody) return std::nullopt;
      if (entry.hash == hash && is(entry.number)) return entry.number;
    }
  }
  // It is not there yet.
  void add(std::uint32_t hash, std::uint32_t number);
  // It is there.
  void erase(std::uint32_t hash, std::uint32_t number);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return entries_.capacity() * sizeof(Entry); }

 private:
  struct Entry {
    std::uint32_t hash = 0;
    std::uint32_t number = nobody;
  };

  [[nodiscard]] std::size_t mask() const { return entries_.size() - 1; }
  void put(Entry entry);
  void rebuild(std::size_t entries);

  std::vector<Entry> entries_;  // none, or a power of two
  std::size_t size_ = 0;
};

}  // namespace tidemark
