// How the recording of history goes: where it is, and why not if it is not. A plain value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace tidemark {

struct HistoryStatus {
  enum class State : std::uint8_t {
    off,  // nothing is recorded
    starting,
    recording,
    failing,  // the newest samples are not written; tried again
  };
  State state = State::off;
  std::string reason;           // of off and failing
  std::string path;             // of the file; empty: there is none
  Duration interval{0};         // between samples
  std::optional<Instant> last;  // of the newest sample, as this machine's clock shows it
  std::uint64_t bytes = 0;      // of the file
  std::uint64_t samples = 0;    // of groups, since the start
  std::uint64_t lost = 0;       // of those, not written
};

constexpr std::string_view to_string(HistoryStatus::State state) {
  switch (state) {
    case HistoryStatus::State::off:
      break;
    case HistoryStatus::State::starting:
      return "starting";
    case HistoryStatus::State::recording:
      return "recording";
    case HistoryStatus::State::failing:
      return "failing";
  }
  return "off";
}

}  // namespace tidemark
