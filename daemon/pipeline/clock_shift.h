// How far this machine's clock is ahead of the brokers': the smallest (receipt − commit time) seen
// of late. A commit can't be received before it was made, so the smallest difference is the clocks'
// own plus the shortest way here. Owned by one pipeline thread.
#pragma once

#include <algorithm>
#include <optional>

#include "core/time.h"

namespace tidemark {

class ClockShift {
 public:
  // A commit that was read as it came. Never call it for one that had waited to be read: its age
  // would count as a difference of clocks.
  void saw_live(Instant received, Instant committed) {
    const Duration difference = received - committed;
    roll(received);
    current_ = current_ ? std::min(*current_, difference) : difference;
  }

  // A commit of any age: it shows at least that the brokers' clock had come so far.
  void saw_any(Instant received, Instant committed) {
    if (committed > received) saw_live(received, committed);
  }

  // As it was before a restart: stands until the first live commit shows it anew, for this
  // machine's clock may have been set meanwhile.
  void take_up(Duration shift) { kept_ = shift; }

  // To be subtracted from instants of this machine.
  [[nodiscard]] Duration get() const {
    if (current_ && previous_) return std::min(*current_, *previous_);
    return current_.value_or(previous_.value_or(kept_));
  }

 private:
  static constexpr Duration span = std::chrono::minutes{5};

  void roll(Instant now) {
    if (now - began_ < span && now >= began_) return;
    if (current_) previous_ = current_;
    current_.reset();
    began_ = now;
  }

  Instant began_;
  std::optional<Duration> current_;
  std::optional<Duration> previous_;
  Duration kept_{0};
};

}  // namespace tidemark
