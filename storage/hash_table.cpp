#include "storage/hash_table.h"

#include <cstring>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t fewest_entries = 16;

constexpr std::uint64_t stirred(std::uint64_t word) {
  word *= 0x9E37'79B9'7F4A'7C15U;
  return word ^ word >> 32U;
}

}  // namespace

std::uint32_t hash_of(std::string_view bytes) {
  std::uint64_t hash = bytes.size();
  std::uint64_t word = 0;
  while (bytes.size() >= sizeof word) {
    std::memcpy(&word, bytes.data(), sizeof word);
    hash = stirred(hash ^ word);
    bytes.remove_prefix(sizeof word);
  }
  word = 0;
  std::memcpy(&word, bytes.data(), bytes.size());
  return static_cast<std::uint32_t>(stirred(hash ^ word) >> 16U);
}

// At most three in four entries are taken: the way to a free one is short.
void HashTable::add(std::uint32_t hash, std::uint32_t number) {
  if (4 * (size_ + 1) > 3 * entries_.size()) {
    rebuild(entries_.empty() ? fewest_entries : 2 * entries_.size());
  }
  put({hash, number});
  ++size_;
}

void HashTable::put(Entry entry) {
  std::size_t at = entry.hash & mask();
  while (entries_[at].number != nobody) at = (at + 1) & mask();
  entries_[at] = entry;
}

// Those behind it that it had pushed on move back, so that no hole cuts the way to them.
void HashTable::erase(std::uint32_t hash, std::uint32_t number) {
  std::size_t hole = hash & mask();
  while (entries_[hole].number != number) hole = (hole + 1) & mask();
  for (std::size_t at = (hole + 1) & mask(); entries_[at].number != nobody;
       at = (at + 1) & mask()) {
    const std::size_t pushed = (at - entries_[at].hash) & mask();
    if (pushed < ((at - hole) & mask())) continue;
    entries_[hole] = entries_[at];
    hole = at;
  }
  entries_[hole] = Entry{};
  --size_;
  if (entries_.size() > fewest_entries && 8 * size_ < entries_.size()) {
    rebuild(entries_.size() / 2);
  }
}

void HashTable::rebuild(std::size_t entries) {
  const std::vector<Entry> before = std::exchange(entries_, std::vector<Entry>(entries));
  for (const Entry& entry : before) {
    if (entry.number != nobody) put(entry);
  }
}

}  // namespace tidemark
