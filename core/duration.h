// Durations as people write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace tidemark {

// "250ms", "10s", "5m", "2h", "7d"; null if it is not one.
std::optional<Duration> parse_duration(std::string_view text);

// The shortest way to write it: "250ms", "90s", "5m", "2h", "7d". What parse_duration() reads back.
std::string write_duration(Duration span);

}  // namespace tidemark
