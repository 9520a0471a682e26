// All that is known of a group, its members and its topics when its trouble is to be explained:
// what findings and forecasts are made from. Gathered by the pipeline, a plain value. Instants are
// on the brokers' clock. What is not known is null or empty, and makes no finding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "evaluator/finding.h"
#include "evaluator/observation.h"
#include "evaluator/policy.h"
#include "evaluator/verdict.h"

namespace tidemark {

// A live member, or one that left within the time that is remembered.
struct MemberEvidence {
  std::string name;  // what people call it: instance id, else client id, else member id
  std::string member_id;
  std::string host;  // without the leading slash; empty: unknown
  bool live = false;
  std::optional<Instant> left_at;  // not live: when it was first seen gone
  int joined = 0;                  // how often one of this name joined within the window,
  int left = 0;                    // and left
  std::optional<int> assigned;     // live: partitions of any topic that it owns; null: not known
};

struct PartitionEvidence {
  PartitionId partition;
  PartitionStatus status = PartitionStatus::unknown;
  Reason reason = Reason::no_data;
  bool bad = false;                       // it makes its group ERROR or WARNING
  std::optional<std::size_t> owner;       // index into members: the live one that owns it now
  std::optional<std::size_t> last_owner;  // ... that owned it before, if nobody does
  Offset committed_offset;
  Instant committed_at;    // newest commit
  Instant standing_since;  // of the committed offset
  std::optional<std::int64_t> lag;
  std::optional<Instant> unread_since;
  std::int32_t leader = -1;
  std::optional<Offset> log_end;
  std::optional<Offset> log_start;
  std::optional<Offset> lso;
  std::optional<Instant> lso_since;  // LSO below log end: since when it has stood there
  std::optional<std::int64_t> fits;  // records that retention.bytes leaves, as it was seen at work
  std::optional<Speed> produced;     // over the window
  std::optional<Speed> consumed;
};

struct TopicEvidence {
  TopicName topic;
  std::vector<PartitionEvidence> partitions;    // committed ones, ascending
  std::vector<std::optional<double>> produced;  // records/s of all partitions of the topic
  TopicSettings settings;
  bool settings_known = false;
  // Groups that read this topic, this one included, and how many of them turned bad on it; the time
  // within which most of those did.
  int groups = 0;
  int bad_groups = 0;
  std::optional<Instant> bad_since_first;
  std::optional<Instant> bad_since_last;
};

// Sums over all partitions of the group, now (the policy's window) and before (the hour before the
// window, as far as it was seen; null: less than a window of it).
struct PaceEvidence {
  std::optional<double> produced_now;
  std::optional<double> produced_before;
  std::optional<double> consumed_now;
  std::optional<double> consumed_before;
  Duration before_length{0};
};

// Bad partitions of other groups by leader: is it the broker?
struct BrokerEvidence {
  std::int32_t broker = -1;
  int other_groups_bad = 0;   // other groups that have a bad partition led by it
  int other_groups_well = 0;  // other groups that read from it and are well
};

struct BlindEvidence {
  std::optional<Instant> since;  // our own view of this group is stale since
  std::string what;              // "offsets partition 17", "the log end of orders-3", …
  int groups = 0;                // that are not judged for the same reason
};

struct GroupEvidence {
  Instant now;
  std::string cluster;
  std::string bootstrap;
  std::string group;
  GroupKind kind = GroupKind::none;
  GroupStatus status = GroupStatus::unknown;
  Reason reason = Reason::no_data;
  Duration window{0};                    // the policy's
  std::optional<bool> has_members;       // null: its protocol does not tell
  std::optional<Instant> empty_since;    // no members since
  bool assignments_known = false;        // of all live members
  std::vector<MemberEvidence> members;   // live ones first
  std::optional<std::size_t> last_left;  // index into members: the last that left
  std::vector<TopicEvidence> topics;     // by name
  PaceEvidence pace;
  int generations = 0;  // begun within the window
  std::vector<BrokerEvidence> brokers;
  BlindEvidence blind;
};

// Pure. Facts only; strongest first.
std::vector<Finding> find_causes(const GroupEvidence& evidence);
Forecast forecast(const GroupEvidence& evidence);

// Robust slope of (offset, instant) points in records/s: the median of pairwise slopes, with the
// 10th and 90th percentile as range. Null with fewer than two instants.
struct PacePoint {
  Offset offset;
  Instant at;
};
std::optional<Speed> speed_of(const std::vector<PacePoint>& points);

}  // namespace tidemark
