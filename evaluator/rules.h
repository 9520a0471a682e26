// Evidence in, verdict out: the two rule sets, as numbered predicates, first match wins. Pure: no
// clock, no I/O, no memory of their own. The rules themselves are in docs/evaluation.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/maybe.h"
#include "core/time.h"
#include "evaluator/grounds.h"
#include "evaluator/log_end_history.h"
#include "evaluator/partition_history.h"
#include "evaluator/policy.h"
#include "evaluator/verdict.h"

namespace tidemark {

// What is known of one partition beside its history, as of now.
struct Surroundings {
  Instant now;
  Maybe<Offset> log_start;
  Maybe<Offset> lso;                // null: the log end
  Maybe<std::int64_t> live_lag;     // replaces the derived one (replay only)
  std::optional<bool> has_members;  // null: unknown
  std::optional<bool> assigned;     // a live member is assigned it or subscribed to its topic
  Maybe<Instant> offsets_seen;      // until when the group's offsets partition is read
  // An open transaction hides what follows in that partition, since then; null: none does.
  Maybe<Instant> offsets_held_since;
  std::optional<PartitionStatus> previous;  // the status that stands
  bool starting = false;                    // start-up is not finished: stale
  bool unprobed = false;                    // a probe was tried and failed, or is not allowed
  // It was not judged before, or was dead for days when it was, and ever since.
  bool dead_at_first = false;
  // The first unread record is being looked at: until then the rules that accuse (8, 9, 11) wait,
  // and without a status from before the verdict is stale.
  bool probing = false;
  // An open transaction hid what waits until then; null: it was readable all the time.
  Maybe<Instant> readable_since;
  Maybe<Instant> lso_since;  // since when the last stable offset stands below the log end
  // Log end at the first refresh at or after the newest commit, for `unsubscribed`.
  Maybe<Offset> end_at_commit;
};

PartitionVerdict judge_tidemark(const PartitionHistory& history, const LogEndHistory& log_ends,
                                const Surroundings& around, const Policy& policy,
                                Trace* trace = nullptr);

// What goes with a verdict: the numbers that made it. For the plain reasons
// (caught_up, keeping_up, warming_up, no_data) `plain_explanation` says the same from less.
Grounds explain(const PartitionHistory& history, const Surroundings& around, const Policy& policy,
                const PartitionVerdict& verdict);
constexpr bool is_plain(Reason reason) {
  return reason == Reason::no_data || reason == Reason::caught_up || reason == Reason::warming_up ||
         reason == Reason::keeping_up;
}
std::string plain_explanation(Reason reason, std::optional<std::int64_t> lag,
                              std::optional<Duration> time_lag, std::optional<Duration> commit_age);

// Burrow's window: the last `intervals` commits as they came.
struct BurrowSample {
  Offset offset;
  Instant at;
  std::optional<std::int64_t> lag;  // as of the commit; null: unknown
};
struct BurrowHistory {
  std::vector<BurrowSample> window;  // oldest first
  Instant newest_commit;             // later than the last sample's where that was replaced
};

// `log_ends`: the last `intervals` refreshes, oldest first. A commit that comes less than
// `min_distance` after the last sample replaces its offset and lag.
void apply_commit(BurrowHistory& history, const BurrowSample& commit, const Policy& policy);

PartitionVerdict judge_burrow(const BurrowHistory& history, const std::vector<LogEnd>& log_ends,
                              const Surroundings& around, const Policy& policy,
                              Trace* trace = nullptr);
Grounds explain(const BurrowHistory& history, const Surroundings& around, const Policy& policy,
                const PartitionVerdict& verdict);

}  // namespace tidemark
