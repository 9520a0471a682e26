// What lists of groups are sorted by, of all groups of a report side by side: looking through it
// costs a tenth of looking into each group. An immutable value; row i is the report's group i.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/time.h"
#include "evaluator/verdict.h"

namespace tidemark {

struct GroupReport;

struct GroupColumns {
  // Time lags are as of `broker_now`.
  GroupColumns(const std::vector<std::shared_ptr<const GroupReport>>& groups, Instant broker_now);

  std::vector<GroupStatus> status;
  std::vector<std::optional<std::int64_t>> lag;
  std::vector<std::optional<std::int64_t>> time_lag;  // in milliseconds
};

}  // namespace tidemark
