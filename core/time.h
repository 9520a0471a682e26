// Instants and durations, both in whole milliseconds. An instant counts from the Unix epoch, on the
// clock of the brokers of its cluster wherever a commit or a log end is concerned.
#pragma once

#include <chrono>
#include <cstdint>

namespace tidemark {

using Duration = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Duration>;

constexpr std::int64_t to_ms(Instant at) { return at.time_since_epoch().count(); }
constexpr Instant from_ms(std::int64_t ms) { return Instant{Duration{ms}}; }

// Seconds with their fraction, as JSON and metrics give them.
constexpr double to_seconds(Duration span) { return static_cast<double>(span.count()) / 1000.0; }

}  // namespace tidemark
