// Short byte strings by small whole number, packed without holes: strings of about one length lie
// side by side in chunks, and when one goes, the last of its kind takes its place. So memory
// follows what is held, however lengths grow and shrink. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tidemark {

class ByteBlocks {
 public:
  // So many bytes behind the end of a string can be read, whatever they hold.
  static constexpr std::size_t slack = 8;

  // Owners are numbers from 0 on that are used densely. What one had is replaced.
  void put(std::uint32_t owner, std::string_view bytes);
  void erase(std::uint32_t owner);

  // Null if the owner has none. Valid until the next change of anything.
  [[nodiscard]] const char* get(std::uint32_t owner) const;

  [[nodiscard]] std::size_t bytes() const;  // held, all included

 private:
  using Chunk = std::unique_ptr<char[]>;
  // All blocks of one size. A block is its owner's number and then the owner's bytes.
  struct Kind {
    std::vector<Chunk> chunks;
    std::uint32_t count = 0;
  };
  struct Place {
    std::uint32_t kind : 6 = 0;  // size / grain; 0: nothing, too_long: in `long_`
    std::uint32_t index : 26 = 0;
  };
  static constexpr std::uint32_t kinds = 63;
  static constexpr std::uint32_t too_long = kinds;

  [[nodiscard]] char* block(Place place) const;
  Place add_block(std::uint32_t kind, std::uint32_t owner);
  void remove_block(Place place);
  Chunk take_chunk();

  std::array<Kind, kinds> kinds_;
  std::deque<Place> places_;  // by owner; grows in pieces, nothing moves
  struct Long {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };
  std::unordered_map<std::uint32_t, Long> long_;
  std::vector<Chunk> spare_;
};

}  // namespace tidemark
