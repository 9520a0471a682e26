// Questions about the past, answered from history.db. Any thread may ask; each question opens the
// file for itself, reads beside the writer and waits for nobody.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "storage/history_sample.h"
#include "storage/history_totals.h"

namespace tidemark {

struct HistoryRange {
  std::string cluster;
  std::string group;
  Instant from;  // included
  Instant to;    // not included
};

// Oldest first. Empty: nothing is known of the group in that time. An instant that is missing
// between two others was not recorded.
struct GroupHistory {
  std::vector<GroupSample> samples;
  bool damaged = false;  // some of it could not be read
};
Result<GroupHistory> samples_of(const std::string& path, const HistoryRange& range);

// The totals in steps of five minutes or of an hour; `range` is cut to whole ones.
enum class TotalsLength : std::uint8_t { five_minutes, one_hour };
Result<std::vector<TotalsStep>> totals_of(const std::string& path, const HistoryRange& range,
                                          TotalsLength length);

}  // namespace tidemark
