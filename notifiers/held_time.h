// How long something has been so, as far as it was seen: while nobody looks the count stands still.
// A value.
#pragma once

#include <optional>

#include "core/time.h"

namespace tidemark {

class HeldTime {
 public:
  void run(Instant from) {
    if (!from_) from_ = from;
  }
  void pause(Instant at) {
    if (from_) held_ += at - *from_;
    from_.reset();
  }
  void reset() { *this = HeldTime{}; }

  [[nodiscard]] Duration at(Instant now) const { return from_ ? held_ + (now - *from_) : held_; }
  [[nodiscard]] bool runs_for(Duration span, Instant now) const { return from_ && at(now) >= span; }

 private:
  Duration held_{0};
  std::optional<Instant> from_;  // null: stands still
};

}  // namespace tidemark
