// Tells when the queue of fetched records has drained to half of what it was. librdkafka stops
// fetching while its queue is full, and looks again up to a second later: somebody has to wake it
// when there is room, or a small queue makes a slow reader. Pure; one thread.
#pragma once

#include <algorithm>
#include <cstddef>

namespace tidemark {

class DrainWatch {
 public:
  // A queue that was never longer than `small` is not looked at: it is not full.
  explicit DrainWatch(std::size_t small) : small_(small) {}

  // To be told the length after each fetch. True once for each draining.
  bool drained(std::size_t length) {
    most_ = std::max(most_, length);
    if (most_ <= small_ || length > most_ / 2) return false;
    most_ = length;
    return true;
  }

 private:
  const std::size_t small_;
  std::size_t most_ = 0;  // since it was drained last
};

}  // namespace tidemark
