#include "storage/key_index.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/make_room.h"

namespace tidemark {
namespace {

static_assert(std::endian::native == std::endian::little, "endings are big-endian words");

constexpr std::size_t ending_bytes = 4;

}  // namespace

// Big-endian, as Kafka writes a partition: endings are in the order of partitions.
KeyIndex::Parts KeyIndex::split(std::string_view key) {
  Parts out{key, 0, key.size() < ending_bytes};
  if (out.whole) return out;
  out.stem.remove_suffix(ending_bytes);
  std::memcpy(&out.ending, key.data() + out.stem.size(), ending_bytes);
  out.ending = __builtin_bswap32(out.ending);
  return out;
}

std::optional<std::uint32_t> KeyIndex::find_stem(const Parts& parts) const {
  if (last_ < stems_.size() && !stems_[last_].slots.empty() && stems_[last_] == parts) return last_;
  const auto found =
      by_text_.find(hash_of(parts.stem), [&](std::uint32_t stem) { return stems_[stem] == parts; });
  if (found) last_ = *found;
  return found;
}

KeyIndex::Position KeyIndex::place_of(const Stem& stem, std::uint32_t ending) const {
  const auto begin = stem.slots.begin();
  // Partitions count from 0: with none missing, each stands at its own number.
  if (ending < stem.slots.size() && rows_[stem.slots[ending]].ending == ending) {
    return begin + static_cast<std::ptrdiff_t>(ending);
  }
  return std::partition_point(begin, stem.slots.end(),
                              [&](std::uint32_t slot) { return rows_[slot].ending < ending; });
}

std::optional<std::uint32_t> KeyIndex::find(std::string_view key) const {
  const Parts parts = split(key);
  const auto stem = find_stem(parts);
  if (!stem) return std::nullopt;
  const Stem& of = stems_[*stem];
  const auto at = place_of(of, parts.ending);
  if (at == of.slots.end() || rows_[*at].ending != parts.ending) return std::nullopt;
  return *at;
}

std::uint32_t KeyIndex::add_stem(const Parts& parts) {
  auto id = static_cast<std::uint32_t>(stems_.size());
  if (free_stems_.empty()) {
    stems_.emplace_back();
  } else {
    id = free_stems_.back();
    free_stems_.pop_back();
  }
  stems_[id].text = std::string(parts.stem);
  stems_[id].whole = parts.whole;
  by_text_.add(hash_of(parts.stem), id);
  return id;
}

void KeyIndex::add(std::string_view key, std::uint32_t slot) {
  const Parts parts = split(key);
  const auto known = find_stem(parts);
  const std::uint32_t id = known ? *known : add_stem(parts);
  if (slot >= rows_.size()) rows_.resize(std::size_t{slot} + 1);
  Stem& stem = stems_[id];
  make_room(stem.slots);
  stem.slots.insert(place_of(stem, parts.ending), slot);
  rows_[slot] = {id, parts.ending};
}

void KeyIndex::key_of(std::uint32_t slot, std::string& into) const {
  const Stem& stem = stems_[rows_[slot].stem];
  into = stem.text;
  if (stem.whole) return;
  const std::uint32_t ending = __builtin_bswap32(rows_[slot].ending);
  into.append(reinterpret_cast<const char*>(&ending), ending_bytes);
}

void KeyIndex::erase(std::uint32_t slot) {
  const std::uint32_t id = rows_[slot].stem;
  Stem& stem = stems_[id];
  stem.slots.erase(place_of(stem, rows_[slot].ending));
  if (!stem.slots.empty()) return;
  by_text_.erase(hash_of(stem.text), id);
  stem = Stem{};
  free_stems_.push_back(id);
}

std::size_t KeyIndex::bytes() const {
  std::size_t total = rows_.size() * sizeof(Row) + stems_.size() * sizeof(Stem) + by_text_.bytes() +
                      free_stems_.capacity() * sizeof(std::uint32_t);
  for (const Stem& stem : stems_) {
    total += stem.text.capacity() + stem.slots.capacity() * sizeof(std::uint32_t);
  }
  return total;
}

}  // namespace tidemark
