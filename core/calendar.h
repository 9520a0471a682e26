// The date and the time of day of an instant in UTC, for texts: fmt writes them with "{:%Y-%m-%d}".
// A pure function.
#pragma once

#include <ctime>

#include "core/time.h"

namespace tidemark {

// From 1970 to 9999; what is outside, as a broken clock has it, becomes the nearest of these.
std::tm calendar(Instant at);

}  // namespace tidemark
