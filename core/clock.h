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

  // Wall clock of this machine; may be stepped.
  [[nodiscard]] virtual Instant now() const = 0;
  // Never goes back; for intervals and time limits only.
  [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::now();
  }
};

}  // namespace tidemark
