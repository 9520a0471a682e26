// The immutable picture of one cluster that a tick publishes. Everything that answers (REST,
// metrics, terminal) reads the newest one and nothing else, so all answers agree. Parts that did
// not change are shared with the report before; readers may keep one as long as they like.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/block_pool.h"
#include "core/channel.h"
#include "core/chunk_list.h"
#include "core/ids.h"
#include "core/lazy.h"
#include "core/maybe.h"
#include "core/rare.h"
#include "core/shared_list.h"
#include "core/time.h"
#include "evaluator/event.h"
#include "evaluator/finding.h"
#include "evaluator/grounds.h"
#include "evaluator/group_columns.h"
#include "evaluator/group_names.h"
#include "evaluator/observation.h"
#include "evaluator/partition_history.h"
#include "evaluator/policy.h"
#include "evaluator/rules.h"
#include "evaluator/verdict.h"

namespace tidemark {

// Small on purpose: there may be a million of them, and twice as many while a tick makes them anew.
struct PartitionReport {
  static constexpr std::int64_t most_lost = (std::int64_t{1} << 41) - 1;

  PartitionId partition;
  std::int16_t owner = -1;  // index into the group's members; −1: none or unknown
  std::uint8_t samples = 0;
  std::uint8_t intervals = 0;
  Conditions conditions;
  Reason reason : 5 = Reason::no_data;
  PartitionStatus status : 3 = PartitionStatus::unknown;
  bool committed : 1 = false;  // false: padding up to the topic's size; only the owner is known
  bool stale : 1 = false;
  bool unprobed : 1 = false;
  bool blocked_long : 1 = false;
  bool warned_before : 1 = false;  // with stale: it made its group WARNING when last judged
  bool learning : 1 = false;       // see learning.h
  std::int64_t lost : 42 = 0;      // see lose()
  Offset committed_offset;
  Instant committed_at;
  Maybe<std::int64_t> lag;
  Maybe<Instant> unread_since;
  Rare<Grounds> why;  // none for the plain reasons

  // `records` ≥ 0; of more than `most_lost` only so many are told.
  void lose(std::int64_t records) { lost = std::min(records, most_lost) & most_lost; }

  // All relative to the report's `as_of_broker`.
  [[nodiscard]] std::optional<Duration> time_lag(Instant now) const;
  [[nodiscard]] std::string explanation(Instant now) const;
  [[nodiscard]] double complete() const;
};
static_assert(sizeof(PartitionReport) == 56);

// What a partition makes of its group by itself; a stale one, what it made of it before.
inline GroupStatus contribution(const PartitionReport& partition) {
  if (!partition.stale) {
    return as_group_status(partition.status, partition.reason, partition.blocked_long,
                           partition.conditions);
  }
  if (partition.warned_before) return GroupStatus::warning;
  return as_group_status(partition.status, partition.reason, false, {});
}

using PartitionReports = std::vector<PartitionReport, PooledAllocator<PartitionReport>>;

struct TopicOfGroup {
  TopicName topic;
  Granularity metrics = Granularity::by_default;
  HistoryDetail history = HistoryDetail::partitions;
  PartitionReports partitions;  // ascending, from 0 to the topic's partition count − 1
};

struct MemberReport {
  std::string member_id;
  std::string instance_id;
  std::string client_id;
  std::string client_host;
  std::vector<std::string> subscribed;
  std::string subscribed_regex;
  std::map<std::string, std::vector<std::int32_t>> assigned;
  std::vector<AssignedById> assigned_unnamed;  // the same, of topics whose name is not known (yet)
  bool assignment_known = false;
  bool subscription_known = false;
  bool away = false;  // a static member that left for a while and keeps its assignment (KIP-848)
};

struct GroupReport {
  GroupName name;
  GroupKind kind = GroupKind::none;
  std::string state;             // "Stable", "Empty", "" where the protocol has none
  std::int32_t generation = -1;  // classic generation or KIP-848 group epoch
  std::string protocol_type;
  RuleSet rules = RuleSet::tidemark;
  Granularity metrics = Granularity::by_default;      // of the group as a whole,
  HistoryDetail history = HistoryDetail::partitions;  // and this

  GroupStatus status = GroupStatus::unknown;
  Reason reason = Reason::no_data;  // of the partition that decided
  std::string explanation;
  bool stale = false;
  bool learning = false;                // see learning.h
  Conditions conditions;                // of any partition
  Instant status_since;                 // when this status was first published
  std::optional<std::int64_t> lag;      // sum over partitions whose lag is known; null: none is
  std::optional<Instant> unread_since;  // the oldest of its partitions
  bool time_lag_unknown = false;        // some partition waits for an unknown time
  std::int64_t lost = 0;
  double complete = 0;      // partitions with a full window / all
  int partition_count = 0;  // padding included
  std::optional<Instant> last_commit;

  SharedList<MemberReport> members;
  std::vector<TopicOfGroup> topics;  // by name

  std::shared_ptr<const Diagnosis> diagnosis;  // null: nothing to explain

  // The oldest of its partitions; 0 when nothing waits; null when that is not known.
  [[nodiscard]] std::optional<Duration> time_lag(Instant now) const;
};

struct TopicPartitionReport {
  PartitionId partition;
  std::int32_t leader = -1;
  Maybe<Offset> end;
  Maybe<Offset> start;
  Maybe<Offset> lso;
  Maybe<Instant> lso_since;     // brokers' clock; LSO below log end: since when it stands there
  Maybe<Instant> unread_since;  // the first record that nobody has read; null as of topics
};

struct TopicReport {
  TopicName topic;
  std::vector<TopicPartitionReport> partitions;  // ascending, no gaps
  std::optional<TopicSettings> settings;         // null: not read, or not allowed to
  int readers = 0;                               // groups with a commit or a member here
  std::optional<double> produced_per_second;     // over the last minutes
  // Written within the last hour while no group has read it since; null: read, or not written.
  std::optional<Instant> unread_since;
  bool unread_reported = false;  // a policy asks to hear of it
  Granularity metrics = Granularity::by_default;
};

// What is kept for a restart.
struct SnapshotHealth {
  bool kept = false;                     // snapshots are written
  std::optional<Instant> restored_from;  // when the one was written that this start went on from
  std::optional<Instant> written_at;     // the newest one
  std::uint64_t bytes = 0;               // of it
  Duration took{0};                      // from its beginning until it was on the disk
  std::uint64_t failures = 0;
  std::string problem;  // why the last one failed; empty: it did not
};

// The monitor about itself, per cluster.
struct ClusterHealth {
  LinkSeen link;
  bool caught_up = false;           // the offsets topic is read up to its end at start
  std::uint64_t catch_up_done = 0;  // records, of
  std::uint64_t catch_up_total = 0;
  std::uint64_t records_read = 0;
  std::map<std::string, std::uint64_t> decode_errors;    // by kind of damage
  std::map<std::string, std::uint64_t> skipped_records;  // by record kind
  std::vector<ChannelStats> queues;
  std::optional<Instant> log_ends_at;  // newest refresh
  std::optional<Instant> offsets_at;   // until when all offsets partitions are read
  std::vector<std::int32_t> stale_offsets_partitions;
  // Of these: held back by a transaction that was left open, since (brokers' clock).
  std::map<std::int32_t, Instant> held_offsets_partitions;
  std::uint64_t stale_log_ends = 0;  // partitions of topics whose log end was not seen of late
  std::uint64_t probes_sent = 0;
  std::uint64_t probes_failed = 0;
  std::uint64_t probes_waiting = 0;  // those in flight included
  std::uint64_t probes_skipped = 0;  // not asked: too many waited
  Duration last_tick{0};
  std::uint64_t ticks = 0;
  SnapshotHealth snapshot;
  Duration clock_shift{0};                                // this machine's clock − the brokers'
  std::map<std::string, std::uint64_t> collector_errors;  // failed requests by kind
};

using TopicList = SharedList<std::shared_ptr<const TopicReport>>;

struct ClusterReport {
  ClusterName cluster;
  std::string cluster_id;
  std::string bootstrap;
  std::int32_t brokers = 0;
  Instant as_of;           // sampled once per tick; this machine's clock, counted from the start
  Duration clock_step{0};  // how far that clock has been set since the start
  Instant as_of_broker;    // the same instant on the brokers' clock: what time lags are measured to
  std::uint64_t sequence = 0;
  ClusterHealth health;
  GroupList groups;                                 // by name
  std::shared_ptr<const GroupNames> names;          // theirs, if shared with other reports,
  std::shared_ptr<const GroupTable> table;          // and this likewise
  TopicList topics;                                 // by name, without internal ones
  SharedList<std::shared_ptr<const Event>> events;  // the newest ones (1,000), oldest first
  std::uint64_t last_event = 0;  // the number of the newest, of an earlier start perhaps; 0: none

  // An instant of this machine as its clock shows it now.
  [[nodiscard]] Instant shown(Instant at) const { return at + clock_step; }
  [[nodiscard]] std::optional<Instant> shown(std::optional<Instant> at) const {
    return at ? std::optional(shown(*at)) : std::nullopt;
  }
  // Made when first asked for, once the report is complete.
  [[nodiscard]] const GroupColumns& group_columns() const {
    return *columns_.get(
        [this] { return table ? table->columns_of(groups) : GroupTable().columns_of(groups); });
  }
  // The groups whose names contain `part`, in any letter case: their places in the list, ascending.
  [[nodiscard]] std::vector<std::uint32_t> groups_with(std::string_view part) const {
    return (names ? *names : own_names_).with(part, groups);
  }
  // Null if there is none of this name.
  [[nodiscard]] const GroupReport* find_group(std::string_view name) const;
  [[nodiscard]] const TopicReport* find_topic(std::string_view name) const;

 private:
  Lazy<std::shared_ptr<const GroupColumns>> columns_;
  GroupNames own_names_;
};

// The window of one partition, copied on request.
struct WindowSample {
  Offset offset;
  Instant at;
  std::optional<std::int64_t> lag;  // as of the commit; null: not known
};
using WindowSamples = std::vector<WindowSample, PooledAllocator<WindowSample>>;
// What a probe has told of the position.
enum class ProbeState : std::uint8_t {
  none,    // not asked
  asked,   // and not answered yet
  record,  // a record is there
  end,     // nothing readable is
  failed,
};
struct PartitionWindow {
  TopicName topic;
  PartitionId partition;
  WindowSamples samples;  // oldest first
  Duration patience{0};
  std::optional<Offset> position;         // null under the burrow rules, as are the next
  std::optional<Instant> standing_since;  // of the committed offset
  Since unread_since;
  Since waiting_since;
  std::optional<Offset> probed_to;  // a probe found nothing readable before this
  ProbeState probe = ProbeState::none;
  Trace trace;
};
using PartitionWindows = std::vector<PartitionWindow, PooledAllocator<PartitionWindow>>;
struct GroupDetail {
  std::shared_ptr<const GroupReport> report;  // that the traces go with; null without traces
  PartitionWindows windows;                   // by topic and partition; committed ones only
};

// The partition whose verdict is the group's; null where none counts.
struct Decider {
  const TopicOfGroup* topic = nullptr;
  const PartitionReport* partition = nullptr;
};
Decider deciding_partition(const GroupReport& group);

// What a topic makes of its group by itself: the worst of its partitions; null where none counts.
std::optional<GroupStatus> worst_of(const TopicOfGroup& topic);

// From the statuses of its partitions to the group's: worst wins, ERROR over WARNING over UNKNOWN
// over OK; never-committed partitions leave it to the others. Fills status, reason, explanation,
// stale, conditions, lag, unread_since, lost, complete, partition_count, last_commit from `topics`.
void roll_up(GroupReport& group, bool has_live_members);

}  // namespace tidemark
