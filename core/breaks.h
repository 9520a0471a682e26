// When long work lets others have its core for a moment. A break in which others did work was as
// long as that took, and the next one is the later for it: so the work keeps two thirds of the time
// at least, however much there is beside it. A plain value.
#pragma once

#include <algorithm>
#include <chrono>

namespace tidemark {

class Breaks {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::microseconds shortest_stretch{500};  // without one

  explicit Breaks(Time began) : next_(began + shortest_stretch) {}

  [[nodiscard]] bool due(Time now) const { return now >= next_; }
  // One was made.
  void over(Time began, Time ended) {
    next_ = ended + std::max<Time::duration>(shortest_stretch, 2 * (ended - began));
  }

 private:
  Time next_;
};

}  // namespace tidemark
