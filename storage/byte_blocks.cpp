#include "storage/byte_blocks.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t grain = 32;
constexpr std::size_t chunk_bytes = 16 * 1024;
constexpr std::size_t most_spare = 16;

}  // namespace

ByteBlocks::Head ByteBlocks::head_of(const char* block) {
  Head head;
  std::memcpy(&head, block, sizeof head);
  return head;
}

std::size_t ByteBlocks::size_of(std::uint32_t kind) { return kind * grain; }

std::size_t ByteBlocks::in_a_chunk(std::uint32_t kind) {
  return chunk_bytes / size_of(kind) * size_of(kind);
}

std::size_t ByteBlocks::room(const char* block) const {
  const Head head = head_of(block);
  return head.kind == too_long ? long_.at(head.owner).room : size_of(head.kind) - sizeof head;
}

ByteBlocks::Chunk ByteBlocks::take_chunk() {
  if (spare_.empty()) return Chunk(new char[chunk_bytes + slack]);
  Chunk chunk = std::move(spare_.back());
  spare_.pop_back();
  return chunk;
}

char* ByteBlocks::add_block(Head head) {
  Kind& of = kinds_[head.kind];
  if (of.chunks.empty() || of.in_last == in_a_chunk(head.kind)) {
    of.chunks.push_back(take_chunk());
    of.in_last = 0;
  }
  char* block = of.chunks.back().get() + of.in_last;
  of.in_last += size_of(head.kind);
  std::memcpy(block, &head, sizeof head);
  return block;
}

char* ByteBlocks::add_long(Head head, std::size_t size) {
  Long& kept = long_[head.owner];
  kept = {std::make_unique<char[]>(sizeof head + size + slack), size};
  std::memcpy(kept.block.get(), &head, sizeof head);
  return kept.block.get();
}

// The last of its kind takes its place.
void ByteBlocks::remove_block(char* block) {
  const Head head = head_of(block);
  if (head.kind == too_long) {
    long_.erase(head.owner);
    return;
  }
  Kind& of = kinds_[head.kind];
  of.in_last -= size_of(head.kind);
  const char* last = of.chunks.back().get() + of.in_last;
  if (last != block) {
    std::memcpy(block, last, size_of(head.kind));
    blocks_[head_of(block).owner] = block;
  }
  if (of.in_last > 0) return;
  if (spare_.size() < most_spare) spare_.push_back(std::move(of.chunks.back()));
  of.chunks.pop_back();
  of.in_last = in_a_chunk(head.kind);
}

char* ByteBlocks::resize(std::uint32_t owner, std::size_t size) {
  blocks_.grow_to(std::size_t{owner} + 1);
  const auto kind = static_cast<std::uint32_t>(
      std::min<std::size_t>((sizeof(Head) + size + grain - 1) / grain, too_long));
  char* had = blocks_[owner];
  // What has become a little smaller stays where it is: it will grow again.
  if (had != nullptr && head_of(had).kind == kind + 1 && kind + 1 != too_long) {
    return had + sizeof(Head);
  }
  const bool same = had != nullptr && head_of(had).kind == kind;
  if (same && (kind != too_long || (size <= room(had) && size > room(had) / 2))) {
    return had + sizeof(Head);
  }
  Chunk before;  // of a long one, which gives way to its successor
  std::size_t stays = had == nullptr ? 0 : std::min(room(had), size);
  if (same) before = std::move(long_[owner].block);
  char* block =
      kind == too_long ? add_long({owner, kind}, size + size / 8) : add_block({owner, kind});
  if (had != nullptr) std::memcpy(block + sizeof(Head), had + sizeof(Head), stays);
  if (had != nullptr && !same) remove_block(had);
  blocks_[owner] = block;
  return block + sizeof(Head);
}

void ByteBlocks::put(std::uint32_t owner, std::string_view bytes) {
  std::copy(bytes.begin(), bytes.end(), resize(owner, bytes.size()));
}

void ByteBlocks::erase(std::uint32_t owner) {
  if (owner >= blocks_.size() || blocks_[owner] == nullptr) return;
  remove_block(std::exchange(blocks_[owner], nullptr));
}

std::size_t ByteBlocks::bytes() const {
  std::size_t chunks = spare_.size();
  std::size_t total = blocks_.bytes();
  for (const Kind& kind : kinds_) {
    chunks += kind.chunks.size();
    total += kind.chunks.capacity() * sizeof(Chunk);
  }
  for (const auto& [owner, kept] : long_) {
    total += sizeof(owner) + sizeof(kept) + sizeof(Head) + kept.room + slack;
  }
  return total + chunks * (chunk_bytes + slack);
}

}  // namespace tidemark
