// Our verdicts in Burrow's words and numbers. Pure.
#pragma once

#include <cstdint>
#include <string_view>

#include "evaluator/report.h"

namespace tidemark {

// The values are those of Burrow's metrics.
enum class BurrowStatus : std::uint8_t {
  not_found = 0,
  ok = 1,
  warn = 2,
  err = 3,
  stop = 4,
  stall = 5,
  rewind = 6,
};

std::string_view word(BurrowStatus status);

// Of a partition: OK, WARN, STOP, STALL or REWIND.
BurrowStatus burrow_status(const PartitionReport& partition);
// Of a group: OK, WARN or ERR; NOTFOUND when all that it ever committed is too old.
BurrowStatus burrow_status(const GroupReport& group);

// 0 where nothing can be said.
double burrow_complete(const PartitionReport& partition);
double burrow_complete(const GroupReport& group);

// Unknown counts as 0: the fields are plain integers.
std::int64_t burrow_lag(const PartitionReport& partition);

}  // namespace tidemark
