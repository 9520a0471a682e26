// Numbers as people read them, for explanations and traces. Internal to the evaluator.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/ids.h"
#include "core/time.h"

namespace tidemark::words {

std::string number(std::int64_t value);  // "1,310"
std::string number(Offset offset);
std::string records(std::int64_t count);  // "1 record", "1,310 records"
// "340 s", "36 min", "2 h 5 min", "3 d 4 h": seconds up to ten minutes, then coarser.
std::string span(Duration value);
std::string span(std::optional<Duration> value);  // "unknown" if null

}  // namespace tidemark::words
