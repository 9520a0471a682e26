// A group's history in steps of five minutes or an hour: what is kept of its totals when the
// samples themselves are too old. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/maybe.h"
#include "core/time.h"
#include "storage/history_sample.h"

namespace tidemark {

// What the samples of one step have told. Null: none of them knew.
struct TotalsStep {
  Instant at;  // its beginning
  GroupStatus worst = GroupStatus::ok;
  Maybe<std::int64_t> lag_least{};
  Maybe<std::int64_t> lag_most{};
  Maybe<std::int64_t> lag_last{};
  Maybe<std::int64_t> time_lag_most{};  // ms
  Maybe<std::int64_t> committed{};      // records, all samples together
  Maybe<std::int64_t> produced{};

  void add(const GroupTotals& sample);

  friend bool operator==(const TotalsStep&, const TotalsStep&) = default;
};

// ERROR over WARNING over UNKNOWN over OK.
GroupStatus worse(GroupStatus a, GroupStatus b);

// Steps in the order of time, each so long, of one row that begins at `row`.
void append(std::string& row_bytes, const TotalsStep& step, Instant row, Duration length);
// As far as the bytes can be read.
std::vector<TotalsStep> steps_of(std::string_view row_bytes, Instant row, Duration length);

}  // namespace tidemark
