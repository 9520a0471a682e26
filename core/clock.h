// The one source of "now", injected so that tests and replays own time. Any thread may call it.
#pragma once

#include <chrono>

#include "core/time.h"

namespace tidemark {

class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  // This machine's time as of the start, counted on from there: it never jumps, so a clock that is
  // set while we run makes nobody look late.
  [[nodiscard]] virtual Instant now() const = 0;
  // How far the machine's clock has been set since: to be added to an instant that people see.
  [[nodiscard]] virtual Duration step() const = 0;
  // Never goes back; for intervals and time limits only.
  [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const = 0;
};

// Counts while the machine sleeps, too.
class SystemClock final : public Clock {
 public:
  SystemClock();
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] Duration step() const override;
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::now();
  }

 private:
  std::chrono::nanoseconds began_;  // time since the epoch at the start, minus the count then
};

}  // namespace tidemark
