// Time that only the test moves.
#pragma once

#include "core/clock.h"

namespace tidemark::test {

class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start = from_ms(1'700'000'000'000)) : now_(start) {}

  void advance(Duration span) {
    now_ += span;
    steady_ += span;
  }
  // Somebody sets the machine's clock.
  void set_by(Duration span) { step_ += span; }

  [[nodiscard]] Instant now() const override { return now_; }
  [[nodiscard]] Duration step() const override { return step_; }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return steady_; }

 private:
  Instant now_;
  Duration step_{0};
  std::chrono::steady_clock::time_point steady_{};
};

}  // namespace tidemark::test
