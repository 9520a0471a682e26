// What `GET …/history` answers, as far as a terminal shows it. Null: a gap, or not known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidemark::terminal {

struct HistoryStepAnswer {
  std::int64_t at_ms = 0;
  std::string status;               // empty: a gap
  std::optional<std::int64_t> lag;  // the most in the step
  std::optional<double> time_lag;   // seconds, likewise
  std::optional<double> committed;  // records a second
  std::optional<double> produced;
};

struct HistoryAnswer {
  std::string cluster;
  std::string group;
  double step_seconds = 0;
  bool damaged = false;
  std::vector<HistoryStepAnswer> steps;  // oldest first, without holes
};

Result<HistoryAnswer> parse_history(std::string_view body);

}  // namespace tidemark::terminal
