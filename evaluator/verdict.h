// What is said of a partition and of a group, and why. The enums are closed: their words are JSON
// values, metric labels and log fields, and never change.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/maybe.h"
#include "core/time.h"

namespace tidemark {

// `warn` and `not_found` occur under the burrow rules only.
enum class PartitionStatus : std::uint8_t {
  ok,
  stalled,
  stopped,
  rewind,
  unknown,
  warn,
  not_found
};
enum class GroupStatus : std::uint8_t { ok, warning, error, unknown };

enum class Reason : std::uint8_t {
  no_data,
  monitor_stale,
  beyond_log_end,
  data_loss,
  caught_up,
  topic_left,
  blocked_by_transaction,
  abandoned,
  stopped,
  rewind,
  stalled,
  falling_behind,
  warming_up,
  catching_up,
  keeping_up,
  // of groups only
  never_committed,  // live members, no commit at all
  share_group,      // its progress is not in the offsets topic
  // burrow rules: the partition's status in lower case
  burrow_ok,
  burrow_warn,
  burrow_stop,
  burrow_stall,
  burrow_rewind,
  burrow_not_found,
};

enum class Condition : std::uint8_t {
  data_loss = 1,
  over_max_time_lag = 2,
  retention_risk = 4,
  unsubscribed = 8,
  rebalancing = 16,
};

std::string_view to_string(
    PartitionStatus status);  // "OK", "STALLED", …, "UNKNOWN"; "WARN", "NOTFOUND"
std::string_view to_string(GroupStatus status);  // "OK", "WARNING", "ERROR", "UNKNOWN"
std::string_view to_string(Reason reason);       // "caught_up", …; burrow's as "ok", "stop", …
std::string_view to_string(Condition condition);
// Of the burrow rules: they know no time lag.
constexpr bool is_burrow(Reason reason) { return reason >= Reason::burrow_ok; }
std::optional<PartitionStatus> partition_status_from(std::string_view word);
std::optional<GroupStatus> group_status_from(std::string_view word);  // any letter case

// A set of conditions.
class Conditions {
 public:
  constexpr void set(Condition condition) { bits_ |= static_cast<std::uint8_t>(condition); }
  constexpr void add(Conditions others) { bits_ |= others.bits_; }
  [[nodiscard]] constexpr bool has(Condition condition) const {
    return (bits_ & static_cast<std::uint8_t>(condition)) != 0;
  }
  [[nodiscard]] std::vector<std::string_view> words() const;  // in the order of the enum
  friend bool operator==(const Conditions&, const Conditions&) = default;

  // Calls `visit` with its members: to be kept, and read back.
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.bits_);
  }

 private:
  std::uint8_t bits_ = 0;
};

// One rule as it was tried: what it compared, and whether it held.
struct TracedRule {
  int number = 0;
  std::string_view name;  // the reason that it leads to
  bool held = false;
  std::string numbers;  // "live lag 0 ≤ allowed_lag 0"
};
using Trace = std::vector<TracedRule>;

struct PartitionVerdict {
  PartitionStatus status = PartitionStatus::unknown;
  Reason reason = Reason::no_data;
  bool stale = false;
  bool unprobed = false;
  bool blocked_long = false;   // blocked_by_transaction for blocked_after or longer
  bool learning = false;       // see learning.h
  bool dead_at_first = false;  // dead for days when it was first judged, and ever since
  Conditions conditions;
  Maybe<std::int64_t> lag;      // records; null: unknown
  std::int64_t lost = 0;        // records deleted before the group read them
  Maybe<Instant> unread_since;  // with lag > 0; null: unknown
  Maybe<Offset> log_end;        // the newest one seen, and
  Maybe<Instant> log_end_at;    // when; null: none
  int samples = 0;              // in the window, of
  int intervals = 0;
  // The earliest instant at which time alone can change this verdict while our view is kept fresh;
  // null: never.
  Maybe<Instant> due;
  // From here on our view is stale unless it is refreshed; null: these rules don't ask.
  Maybe<Instant> stale_from;

  // now − unread since; 0 when lag is 0; null when either is unknown, and under the burrow rules.
  [[nodiscard]] std::optional<Duration> time_lag(Instant now) const;
  [[nodiscard]] double complete() const;
};

// falling_behind, catching_up or keeping_up if that is the reason, else null.
std::optional<std::string_view> trend_of(Reason reason);

// What one partition contributes to its group: its own status as the group sees it.
constexpr GroupStatus as_group_status(PartitionStatus status, Reason reason, bool blocked_long,
                                      Conditions conditions) {
  switch (status) {
    case PartitionStatus::stalled:
    case PartitionStatus::stopped:
    case PartitionStatus::rewind:
      return GroupStatus::error;
    case PartitionStatus::warn:
      return GroupStatus::warning;
    default:
      break;
  }
  if (reason == Reason::falling_behind || reason == Reason::data_loss ||
      reason == Reason::beyond_log_end || blocked_long ||
      conditions.has(Condition::over_max_time_lag)) {
    return GroupStatus::warning;
  }
  return status == PartitionStatus::ok ? GroupStatus::ok : GroupStatus::unknown;
}

}  // namespace tidemark
