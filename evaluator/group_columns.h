// What lists of groups are sorted by, of all groups of a report side by side: looking through it
// costs a tenth of looking into each group. An immutable value; row i is the report's group i.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/chunk_list.h"
#include "core/time.h"
#include "evaluator/verdict.h"

namespace tidemark {

struct GroupReport;
using GroupList = ChunkList<std::shared_ptr<const GroupReport>>;

struct GroupColumns {
  // Time lags are as of `broker_now`.
  GroupColumns(const GroupList& groups, Instant broker_now);

  std::vector<GroupStatus> status;
  std::vector<std::optional<std::int64_t>> lag;
  std::vector<std::optional<std::int64_t>> time_lag;  // in milliseconds
};

}  // namespace tidemark
