// A group's history as a string of bytes: one piece for each sample that differs from the one
// before, written as what differs. The pieces of an hour, one after the other, are its block; the
// first of them is whole, so that a block can be read by itself.
//
// Pure; an encoder or decoder belongs to one thread.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "storage/history_sample.h"

namespace tidemark {

// The hour that an instant is in, by its beginning.
constexpr Instant block_of(Instant at) { return std::chrono::floor<std::chrono::hours>(at); }

class HistoryEncoder {
 public:
  // Instants rise. Empty: as the one before, nothing to write. The first piece of a block (hour) is
  // whole; so is the next one after forget().
  std::string piece(const GroupSample& sample);
  // What was given out did not arrive.
  void forget() { last_.clear(); }

 private:
  [[nodiscard]] GroupSample last() const;

  // The newest sample as a whole piece of its block: there is an encoder for each group, and this
  // takes a quarter of the memory that the sample does. Empty: the next piece is whole.
  std::string last_;
  Instant block_;
};

class HistoryDecoder {
 public:
  explicit HistoryDecoder(Instant block) : block_(block) {}

  // Takes the next piece off the front of `bytes` and changes the sample by it. An error: `bytes`
  // are no such piece; nothing after it can be read.
  Status next(std::string_view& bytes);

  // As of the last piece.
  [[nodiscard]] const GroupSample& sample() const { return sample_; }

 private:
  Instant block_;
  GroupSample sample_;
};

}  // namespace tidemark
