// A stretch of time as people name it on a command line.
#pragma once

#include <optional>
#include <string>

#include "core/result.h"
#include "core/time.h"

namespace tidemark::terminal {

// "2026-11-21", "2026-11-21 14:30", "2026-11-21T14:30:05" in the local time zone, with a Z at the
// end in UTC; or milliseconds since the epoch. Null if it is none of these.
std::optional<Instant> parse_instant(const std::string& text);

struct Stretch {
  std::optional<Instant> from;  // included
  std::optional<Instant> to;    // not included

  [[nodiscard]] bool given() const { return from || to; }
};

// Of --since ("6h"), --from and --to, each empty where it was not given. The error names the one
// that is wrong.
Result<Stretch> stretch_of(const std::string& since, const std::string& from, const std::string& to,
                           Instant now);

}  // namespace tidemark::terminal
