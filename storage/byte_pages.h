// Short byte strings by small whole number, where neighbours are used together: some of them share
// one block, so that going from one to the next is no jump through memory and each costs little
// beside its own bytes. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "storage/byte_blocks.h"

namespace tidemark {

class BytePages {
 public:
  // So many bytes behind the end of a string can be read, whatever they hold.
  static constexpr std::size_t slack = ByteBlocks::slack;

  // Owners are numbers from 0 on that are used densely. What one had is replaced; the empty string
  // is as good as none.
  void put(std::uint32_t owner, std::string_view bytes);
  void erase(std::uint32_t owner) { put(owner, {}); }

  // Null if the owner has none. Valid until the next change of anything.
  [[nodiscard]] const char* get(std::uint32_t owner) const;

  // Has memory fetched that get() will need: first where the owner's string is, and, once that can
  // have come, the string.
  void expect_place(std::uint32_t owner) const;
  void expect_string(std::uint32_t owner) const;

  [[nodiscard]] std::size_t bytes() const { return blocks_.bytes(); }  // held, all included

 private:
  struct Place {  // of a string, in its page
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  char* change_size(std::uint32_t number, std::uint32_t at, Place had, std::size_t size);

  ByteBlocks blocks_;  // by owner / in_a_page
};

}  // namespace tidemark
