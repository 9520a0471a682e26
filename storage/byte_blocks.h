// Byte strings by small whole number, packed without holes: strings of about one length lie side by
// side in chunks, and when one goes, the last of its kind takes its place. So memory follows what
// is held, however lengths grow and shrink. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/piece_list.h"

namespace tidemark {

class ByteBlocks {
 public:
  // So many bytes behind the end of a string can be read, whatever they hold.
  static constexpr std::size_t slack = 8;

  // Owners are numbers from 0 on that are used densely. Gives the owner room for so many bytes;
  // what it had stays at the beginning, as far as it fits. Valid until the next change of anything.
  char* resize(std::uint32_t owner, std::size_t size);
  // What the owner had is replaced.
  void put(std::uint32_t owner, std::string_view bytes);
  void erase(std::uint32_t owner);

  // Null if the owner has none. Valid until the next change of anything.
  [[nodiscard]] const char* get(std::uint32_t owner) const {
    const char* block = owner < blocks_.size() ? blocks_[owner] : nullptr;
    return block == nullptr ? nullptr : block + sizeof(Head);
  }
  [[nodiscard]] char* get(std::uint32_t owner) {
    char* block = owner < blocks_.size() ? blocks_[owner] : nullptr;
    return block == nullptr ? nullptr : block + sizeof(Head);
  }

  [[nodiscard]] std::size_t bytes() const;  // held, all included

 private:
  using Chunk = std::unique_ptr<char[]>;
  // All blocks of one size. They fill one chunk after the other.
  struct Kind {
    std::vector<Chunk> chunks;
    std::size_t in_last = 0;  // bytes of the last chunk that are in use
  };
  // What a block begins with, before its owner's bytes.
  struct Head {
    std::uint32_t owner = 0;
    std::uint32_t kind = 0;  // size / grain; too_long: a block by itself, in `long_`
  };
  static constexpr std::uint32_t kinds = 255;
  static constexpr std::uint32_t too_long = kinds;

  static Head head_of(const char* block);
  static std::size_t size_of(std::uint32_t kind);
  static std::size_t in_a_chunk(std::uint32_t kind);
  [[nodiscard]] std::size_t room(const char* block) const;
  char* add_block(Head head);
  char* add_long(Head head, std::size_t size);
  void remove_block(char* block);
  Chunk take_chunk();

  std::array<Kind, kinds> kinds_;
  PieceList<char*> blocks_;  // by owner, null: none
  struct Long {
    Chunk block;
    std::size_t room = 0;  // of its owner's bytes
  };
  std::unordered_map<std::uint32_t, Long> long_;
  std::vector<Chunk> spare_;
};

}  // namespace tidemark
