#include "core/clock.h"

#include <ctime>

namespace tidemark {
namespace {

std::chrono::nanoseconds count_of(clockid_t clock) {
  timespec at{};
  clock_gettime(clock, &at);
  return std::chrono::seconds{at.tv_sec} + std::chrono::nanoseconds{at.tv_nsec};
}

Duration whole(std::chrono::nanoseconds span) { return std::chrono::floor<Duration>(span); }

}  // namespace

SystemClock::SystemClock() : began_(count_of(CLOCK_REALTIME) - count_of(CLOCK_BOOTTIME)) {}

Instant SystemClock::now() const { return Instant{whole(began_ + count_of(CLOCK_BOOTTIME))}; }

Duration SystemClock::step() const {
  constexpr Duration noise{100};  // the two clocks are not read at once
  const Duration step = whole(count_of(CLOCK_REALTIME) - count_of(CLOCK_BOOTTIME) - began_);
  return std::chrono::abs(step) < noise ? Duration{0} : step;
}

}  // namespace tidemark
