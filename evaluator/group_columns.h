// What lists of groups are sorted by, of all groups of a report side by side: looking through it
// costs a tenth of looking into each group. Values that do not change; row i is the report's
// group i.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/chunk_list.h"
#include "core/maybe.h"
#include "core/mutex.h"
#include "core/time.h"
#include "evaluator/verdict.h"

namespace tidemark {

struct GroupReport;
using GroupList = ChunkList<std::shared_ptr<const GroupReport>>;

struct GroupColumns {
  std::vector<GroupStatus> status;
  std::vector<Maybe<std::int64_t>> lag;
  std::vector<Instant> waits_since;  // or one of these:
  static constexpr Instant nothing_waits = Instant::max();
  static constexpr Instant not_known = Instant::min();

  // In milliseconds, as of the brokers' `now`: the same as the group's own.
  [[nodiscard]] std::optional<std::int64_t> time_lag(std::size_t row, Instant now) const {
    const Instant since = waits_since[row];
    if (since == not_known) return std::nullopt;
    return since < now ? (now - since).count() : 0;
  }
};

// The columns of one cluster's reports, one after the other. Groups lie all over memory, so those
// that are in the list as they were before are not looked into again. Any thread.
class GroupTable {
 public:
  [[nodiscard]] std::shared_ptr<const GroupColumns> columns_of(const GroupList& groups) const;

 private:
  struct Known {
    std::shared_ptr<const GroupColumns> columns;
    std::vector<std::weak_ptr<const GroupList::Chunk>> of;
  };
  mutable Mutex mutex_;
  mutable Known known_ TM_GUARDED_BY(mutex_);  // of the list that was asked for last
};

}  // namespace tidemark
