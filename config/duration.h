// Durations as people write them.
#pragma once

#include <string>

#include "core/time.h"

namespace tidemark {

// The shortest way to write it: "250ms", "90s", "5m", "2h", "7d". What parse_duration() reads back.
std::string write_duration(Duration span);

}  // namespace tidemark
