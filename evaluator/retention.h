// When retention removes a record that still waits to be read. Pure.
//
// Retention deletes whole segments, so a record may outlive the instant told here, and does not go
// before it: as long as its timestamp is when it was written and production stays as it is today.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/time.h"
#include "evaluator/log_end_history.h"
#include "evaluator/log_start_log.h"
#include "evaluator/observation.h"
#include "evaluator/partition_history.h"
#include "evaluator/policy.h"

namespace tidemark {

// The oldest record of a partition that a group has not read and that is still there.
struct OldestUnread {
  Offset offset;
  std::optional<Instant> since;  // when it was written, or later; null: not known
};

// What is known of retention in its partition.
struct RetentionEvidence {
  std::optional<TopicSettings> settings;  // null: can't be read
  Offset log_start;
  Offset log_end;
  std::optional<std::int64_t> fits;    // records that retention.bytes leaves, learnt
  std::optional<double> produced;      // records/s
  std::optional<double> start_moving;  // speed of log start, records/s
};

struct ExpectedLoss {
  enum class By : std::uint8_t { time, size, log_start };
  By by = By::time;
  Instant at;  // may lie in the past: then it can go at any time
};

// The earliest of what is known; null: never, or not known.
std::optional<ExpectedLoss> expected_loss(const OldestUnread& record,
                                          const RetentionEvidence& evidence, Instant now);

// Only if the group has committed here and something waits.
OldestUnread oldest_unread(const PartitionHistory& history, const LogEndHistory& log_ends,
                           std::optional<Offset> log_start);

struct RetentionRisk {
  bool now = false;            // the condition retention_risk holds
  std::optional<Instant> due;  // when time alone will make it hold; null: it does, or never
};
// The record goes within retention_risk_within. One that is no older than allowed_time_lag is in no
// danger yet where there is still longer than that to go: or every group of a topic that is kept
// for an hour would be at risk all the time.
RetentionRisk retention_risk(const OldestUnread& record, const ExpectedLoss& loss,
                             const Policy& policy, Instant now);

// As far as log ends and log starts have shown it. `start` and log ends must be known.
RetentionEvidence retention_evidence(const std::optional<TopicSettings>& settings,
                                     const LogEndHistory& log_ends, const LogStartLog& starts,
                                     Offset start, Instant now);

// "the oldest unread record of orders-3 reaches retention.ms (7 d) in 5 h 12 min".
std::string loss_sentence(std::string_view partition, const ExpectedLoss& loss,
                          const std::optional<TopicSettings>& settings, Instant now);

}  // namespace tidemark
