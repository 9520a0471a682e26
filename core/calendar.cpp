#include "core/calendar.h"

#include <algorithm>

namespace tidemark {

std::tm calendar(Instant at) {
  const Instant sane = std::clamp(at, from_ms(0), from_ms(253'402'300'799'999));
  // Not by way of system_clock's own instants: in nanoseconds they end in the year 2262.
  const auto seconds = std::chrono::floor<std::chrono::seconds>(sane).time_since_epoch();
  const std::time_t time = seconds.count();
  std::tm out{};
  gmtime_r(&time, &out);
  return out;
}

}  // namespace tidemark
