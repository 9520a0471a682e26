#include "storage/byte_blocks.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t grain = 16;
constexpr std::size_t owner_bytes = sizeof(std::uint32_t);
constexpr std::size_t chunk_bytes = 16 * 1024;
constexpr std::size_t most_spare = 16;

constexpr std::uint32_t kind_for(std::size_t size) {
  return static_cast<std::uint32_t>((size + owner_bytes + grain - 1) / grain);
}
constexpr std::uint32_t in_a_chunk(std::uint32_t kind) {
  return static_cast<std::uint32_t>(chunk_bytes / (kind * grain));
}
std::uint32_t owner_of(const char* block) {
  std::uint32_t owner = 0;
  std::memcpy(&owner, block, owner_bytes);
  return owner;
}

}  // namespace

char* ByteBlocks::block(Place place) const {
  const std::uint32_t each = in_a_chunk(place.kind);
  return kinds_[place.kind].chunks[place.index / each].get() +
         std::size_t{place.index % each} * place.kind * grain;
}

ByteBlocks::Chunk ByteBlocks::take_chunk() {
  if (spare_.empty()) return Chunk(new char[chunk_bytes + slack]);
  Chunk chunk = std::move(spare_.back());
  spare_.pop_back();
  return chunk;
}

ByteBlocks::Place ByteBlocks::add_block(std::uint32_t kind, std::uint32_t owner) {
  Kind& of = kinds_[kind];
  if (of.count == of.chunks.size() * in_a_chunk(kind)) of.chunks.push_back(take_chunk());
  Place place;
  place.kind = kind & 63U;
  place.index = of.count++ & 0x3FFFFFFU;
  std::memcpy(block(place), &owner, owner_bytes);
  return place;
}

void ByteBlocks::remove_block(Place place) {
  Kind& of = kinds_[place.kind];
  Place last = place;
  last.index = (of.count - 1) & 0x3FFFFFFU;
  if (last.index != place.index) {
    char* to = block(place);
    std::memcpy(to, block(last), place.kind * grain);
    places_[owner_of(to)] = place;
  }
  --of.count;
  // One empty chunk stays, so that a single block that comes and goes costs nothing.
  if (of.count + 2 * in_a_chunk(place.kind) > of.chunks.size() * in_a_chunk(place.kind)) return;
  if (spare_.size() < most_spare) spare_.push_back(std::move(of.chunks.back()));
  of.chunks.pop_back();
}

void ByteBlocks::put(std::uint32_t owner, std::string_view bytes) {
  if (owner >= places_.size()) places_.resize(std::size_t{owner} + 1);
  const Place had = places_[owner];
  const std::uint32_t kind = std::min(kind_for(bytes.size()), too_long);
  if (kind == too_long) {
    erase(owner);
    Long kept{std::make_unique<char[]>(bytes.size() + slack), bytes.size()};
    std::copy(bytes.begin(), bytes.end(), kept.bytes.get());
    long_.insert_or_assign(owner, std::move(kept));
    places_[owner].kind = too_long;
    return;
  }
  if (had.kind != kind) {
    erase(owner);
    places_[owner] = add_block(kind, owner);
  }
  std::memcpy(block(places_[owner]) + owner_bytes, bytes.data(), bytes.size());
}

void ByteBlocks::erase(std::uint32_t owner) {
  if (owner >= places_.size()) return;
  const Place had = std::exchange(places_[owner], Place{});
  if (had.kind == too_long) {
    long_.erase(owner);
  } else if (had.kind != 0) {
    remove_block(had);
  }
}

const char* ByteBlocks::get(std::uint32_t owner) const {
  if (owner >= places_.size() || places_[owner].kind == 0) return nullptr;
  if (places_[owner].kind == too_long) return long_.at(owner).bytes.get();
  return block(places_[owner]) + owner_bytes;
}

std::size_t ByteBlocks::bytes() const {
  std::size_t chunks = spare_.size();
  std::size_t total = places_.size() * sizeof(Place);
  for (const Kind& kind : kinds_) {
    chunks += kind.chunks.size();
    total += kind.chunks.capacity() * sizeof(Chunk);
  }
  for (const auto& [owner, kept] : long_) total += sizeof(owner) + sizeof(kept) + kept.size;
  return total + chunks * (chunk_bytes + slack);
}

}  // namespace tidemark
