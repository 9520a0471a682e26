// Parts of a group's evidence that are made of plain values: its members, and how fast records are
// written and read. Pure. Instants are on the brokers' clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/time.h"
#include "daemon/pipeline/member_log.h"
#include "daemon/pipeline/pace_log.h"
#include "evaluator/evidence.h"
#include "evaluator/log_end_history.h"
#include "evaluator/partition_history.h"
#include "evaluator/report.h"

namespace tidemark {

// The members of a group, live ones first, then those that left and did not come back.
class MemberTable {
 public:
  MemberTable(const std::vector<MemberReport>& members, const MemberLog& log, Instant window_from);

  // Of a partition whose owner is the member at this index of the report (−1: none); null: nobody
  // live owns it.
  [[nodiscard]] std::optional<std::size_t> owner(std::int16_t reported) const;
  // The last of those that left who owned it; null: none that is remembered did.
  [[nodiscard]] std::optional<std::size_t> last_owner(const std::string& topic,
                                                      std::int32_t partition) const;
  [[nodiscard]] std::optional<std::size_t> last_left() const { return last_left_; }
  [[nodiscard]] const std::vector<MemberEvidence>& members() const { return members_; }
  // Of every live member.
  [[nodiscard]] bool assignments_known() const { return assignments_known_; }

 private:
  using Owners = std::unordered_map<std::int32_t, std::size_t>;

  std::vector<MemberEvidence> members_;
  std::vector<std::optional<std::size_t>> by_report_;
  std::map<std::string, Owners> last_owners_;  // by topic
  std::optional<std::size_t> last_left_;
  bool assignments_known_ = true;
};

// Records/s written since `from`; null: too little was seen.
std::optional<Speed> speed_produced(const LogEndHistory& ends, Instant from);

// Records/s read over `horizon`; 0 if nothing was committed within it, null if too little was seen.
std::optional<Speed> speed_consumed(const PartitionHistory& history, Duration horizon, Instant now);

// All that the partitions of a group were written and the group read, over `window` and over the
// hour before it. Partitions that were not seen over all that time are left out. `slack`: how far
// apart their histories may begin.
PaceEvidence pace_of(const std::vector<const LogEndHistory*>& partitions, const PaceLog& read,
                     Duration window, Duration slack, Instant now);

}  // namespace tidemark
