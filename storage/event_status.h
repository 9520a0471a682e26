// How the keeping of events goes: where they are, and why not if they are not. A plain value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace tidemark {

struct EventStatus {
  enum class State : std::uint8_t {
    off,  // they are kept in memory only
    keeping,
    failing,  // the newest wait in memory; tried again
  };
  State state = State::off;
  std::string reason;           // of off and failing
  std::string path;             // of the file; empty: there is none
  std::uint64_t log = 0;        // names the sequence of numbers
  std::optional<Instant> last;  // when some were written last, as this machine's clock shows it
  std::uint64_t bytes = 0;      // of the file
  std::uint64_t written = 0;    // since the start
  std::uint64_t waiting = 0;    // to be written
  std::uint64_t lost = 0;       // since the start: too many waited, or there was nowhere to
};

constexpr std::string_view to_string(EventStatus::State state) {
  switch (state) {
    case EventStatus::State::off:
      break;
    case EventStatus::State::keeping:
      return "keeping";
    case EventStatus::State::failing:
      return "failing";
  }
  return "off";
}

}  // namespace tidemark
