// What the collectors see of one cluster, in Kafka's words: the only thing that enters a pipeline.
// Plain values, moved from thread to thread in batches.
//
// Sources: the records of `__consumer_offsets` (OffsetCommitValue, GroupMetadataValue and the
// KIP-848 schemas of Apache Kafka 3.9 to 4.3), ListOffsets and Metadata answers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/ids.h"
#include "core/time.h"

namespace tidemark {

// --- records of the offsets topic
// -----------------------------------------------------------------

// One OffsetCommit record. The views look into bytes owned by the batch that carries it.
struct CommitSeen {
  std::string_view key;  // the record's raw key bytes: the identity of (group, topic, partition)
  std::string_view group;
  std::string_view topic;
  PartitionId partition;
  bool tombstone = false;  // the group has no committed offset here any more; the rest is not set
  Offset offset;
  Instant committed_at;  // the broker's clock
  TopicUuid topic_id{};  // all zero: not in this record
  std::int32_t offsets_partition = 0;
};

// Which protocol a group follows, told by the kinds of its records. `none`: offsets committed from
// outside any group protocol (assign + commit).
enum class GroupKind : std::uint8_t { none, classic, consumer, share, streams };

struct ClassicMember {
  std::string member_id;
  std::string instance_id;  // empty: not static
  std::string client_id;
  std::string client_host;
  std::vector<std::string> subscribed;  // empty with subscription_known == false: can't be read
  bool subscription_known = false;
  std::map<std::string, std::vector<std::int32_t>> assigned;
  bool assignment_known = false;
};

// GroupMetadata (classic protocol). No members: the group is Empty.
struct ClassicGroupSeen {
  GroupName group;
  bool tombstone = false;
  std::string protocol_type;
  std::int32_t generation = 0;
  std::string protocol;
  std::string leader;
  std::optional<Instant> state_since;  // the broker's clock; null: not in this record
  std::vector<ClassicMember> members;
};

// ConsumerGroupMetadata (KIP-848), ShareGroupMetadata, StreamsGroupMetadata: its tombstone ends the
// group's life of this kind.
struct ModernGroupSeen {
  GroupName group;
  bool tombstone = false;
  std::int32_t epoch = 0;
  GroupKind kind = GroupKind::consumer;
};

// ConsumerGroupMemberMetadata, ShareGroupMemberMetadata, StreamsGroupMemberMetadata (which names no
// topics: they are the topology's).
struct ModernMemberSeen {
  GroupName group;
  std::string member_id;
  bool tombstone = false;
  std::string instance_id;
  std::string client_id;
  std::string client_host;
  std::vector<std::string> subscribed;
  std::string subscribed_regex;  // empty: none
  GroupKind kind = GroupKind::consumer;
};

struct AssignedById {
  TopicUuid topic{};
  std::vector<std::int32_t> partitions;
};

// Active tasks of a streams group's member: partition p stands for the partition p of each source
// topic of the subtopology.
struct AssignedTasks {
  std::string subtopology;
  std::vector<std::int32_t> partitions;
};

// ConsumerGroupCurrentMemberAssignment, and those of share and streams groups. Epoch −2: a static
// member that is away.
struct ModernAssignmentSeen {
  GroupName group;
  std::string member_id;
  bool tombstone = false;
  std::int32_t member_epoch = 0;
  std::vector<AssignedById> assigned;
  std::vector<AssignedTasks> tasks;  // of a streams group, instead of `assigned`
  GroupKind kind = GroupKind::consumer;
};

// ConsumerGroupRegularExpression: the topics that the expression matches, as the broker says.
struct RegexSeen {
  GroupName group;
  std::string regex;
  bool tombstone = false;
  std::vector<std::string> topics;
};

// StreamsGroupTopology: what each part of the application reads.
struct StreamsTopologySeen {
  struct Subtopology {
    std::string id;
    std::vector<std::string> topics;  // repartition topics included
    bool by_regex = false;            // it reads others too, which are not named
  };
  GroupName group;
  bool tombstone = false;
  std::vector<Subtopology> subtopologies;
};

// ConsumerGroupPartitionMetadata (brokers up to 4.0), ShareGroupStatePartitionMetadata: how topic
// ids and names belong together.
struct TopicIdsSeen {
  std::vector<std::pair<TopicUuid, std::string>> topics;
};

// A record that tells only that a group of this kind exists, or (tombstone) no longer does.
struct OtherGroupSeen {
  GroupName group;
  GroupKind kind = GroupKind::share;
  bool tombstone = false;
};

using GroupRecord =
    std::variant<ClassicGroupSeen, ModernGroupSeen, ModernMemberSeen, ModernAssignmentSeen,
                 TopicIdsSeen, OtherGroupSeen, RegexSeen, StreamsTopologySeen>;

// How far one partition of the offsets topic has been read.
struct OffsetsPosition {
  std::int32_t partition = 0;
  Offset next;  // the offset that will be read next
};

// Everything one poll of the offsets topic brought, in the order of the topic within each
// partition: commits and group records of one partition never overtake each other across batches,
// and within a batch `group_records` carry the index of the commit that they precede.
struct OffsetsBatch {
  struct GroupAt {
    std::size_t before_commit = 0;
    GroupRecord record;
  };

  std::string bytes;  // owns what the views of `commits` look into; never changed after filling
  std::vector<CommitSeen> commits;
  std::vector<GroupAt> group_records;
  std::vector<OffsetsPosition> positions;  // after this batch
  std::vector<std::int32_t> begun_anew;    // these are read from their beginning from here on
  Instant received_at;                     // this machine's clock
  std::uint64_t records = 0;               // read, whatever became of them
};

// --- polled
// ----------------------------------------------------------------------------------------

struct PartitionOffsets {
  PartitionId partition;
  std::optional<Offset> end;    // log end; null: could not be read this time
  std::optional<Offset> start;  // log start
  std::optional<Offset> lso;    // last stable offset
  std::int32_t leader = -1;     // broker id; −1: none
};

// A partition of the offsets topic: a last stable offset below the log end shows an open
// transaction, for it is asked later.
struct OffsetsTopicEnd {
  std::int32_t partition = 0;
  Offset end;
  Offset lso;
};

struct TopicOffsets {
  TopicName topic;
  std::vector<PartitionOffsets> partitions;
};

// One refresh of log ends. `taken_at` is this machine's clock just before the first request. It may
// hold a part of the cluster only (one leader's partitions); a partition occurs at most once.
struct LogEndsSeen {
  Instant taken_at;
  std::vector<TopicOffsets> topics;
  std::vector<OffsetsTopicEnd> offsets_topic;
  std::vector<OffsetsTopicEnd> share_state_topic;  // the same of `__share_group_state`
};

struct TopicSeen {
  TopicName topic;
  std::int32_t partitions = 0;
};

// All topics of the cluster; one that is missing was deleted.
struct TopicsSeen {
  std::string cluster_id;
  std::vector<TopicSeen> topics;
  std::int32_t offsets_topic_partitions = 0;  // 0: it does not exist yet
  std::int32_t share_state_partitions = 0;    // the same, or we may not see it
  std::int32_t brokers = 0;
};

// What a topic's own settings say about how long its records stay (DescribeConfigs).
struct TopicSettings {
  std::optional<Duration> retention;            // retention.ms; null: kept for ever
  std::optional<std::int64_t> retention_bytes;  // per partition; null: any size
  bool deletes = true;                          // cleanup.policy contains "delete"
  bool compacts = false;                        // ... "compact"
  bool log_append_time = false;  // message.timestamp.type: stamped by the broker, not the producer

  friend bool operator==(const TopicSettings&, const TopicSettings&) = default;
};

struct TopicSettingsSeen {
  std::vector<std::pair<TopicName, TopicSettings>> topics;  // those that could be read this time
};

// The state that a share group keeps of one partition (a record of `__share_group_state`): all
// records before `start` are done with.
struct ShareStateSeen {
  GroupName group;
  TopicUuid topic_id{};
  PartitionId partition;
  bool tombstone = false;
  std::optional<Offset> start;  // null: not set yet
  Instant written_at;           // the broker's clock
};
struct ShareStateBatch {
  std::vector<ShareStateSeen> records;
  std::vector<OffsetsPosition> positions;  // of the state topic, after this batch
  std::string problem;  // why the state can't be read, one sentence; empty: it can
};

// --- asked for: probes
// ----------------------------------------------------------------------------

// Read from `from` with read_committed: what is the first readable record?
struct ProbeQuestion {
  TopicName topic;
  PartitionId partition;
  Offset from;
};

struct ProbeSeen {
  enum class Outcome : std::uint8_t {
    record,          // the first readable record is at `empty_to`
    end,             // nothing readable before `empty_to`, the end as read_committed sees it
    failed,          // not answered within the time limit, or refused
    not_authorized,  // READ on the topic is missing: asking again is no use for a while
  };
  ProbeQuestion question;
  Outcome outcome = Outcome::failed;
  Offset empty_to;
  std::optional<Instant> record_time;  // null: it has none
  bool log_append_time = false;        // the broker's stamp, not the producer's
  bool below_log_start = false;        // `from` is: what was between is deleted, not passed over
  std::string problem;                 // one sentence, when it failed
};

// --- the state of our own view
// ---------------------------------------------------------------------

enum class LinkState : std::uint8_t {
  connecting,             // nothing is known yet
  connected,              // brokers answer
  unreachable,            // no broker answers, or the address is wrong
  authentication_failed,  // refused: TLS or SASL
  not_authorized,         // a right is missing: `resource` and `right` say which
  waiting_for_topic,      // the offsets topic does not exist yet (no group has ever committed)
};

struct LinkSeen {
  LinkState state = LinkState::connecting;
  std::string problem;   // one sentence, empty when connected
  std::string resource;  // not_authorized: e.g. "Topic __consumer_offsets"
  std::string right;     // not_authorized: e.g. "Describe"
};

// The offsets topic as the reader found it at its start, for "how far is it": catch-up ends when
// each partition's position has reached `until`.
struct CatchUpGoal {
  std::vector<OffsetsPosition> begin;
  std::vector<OffsetsPosition> until;
};

using Observation = std::variant<OffsetsBatch, LogEndsSeen, TopicsSeen, TopicSettingsSeen, LinkSeen,
                                 CatchUpGoal, ProbeSeen, ShareStateBatch>;

}  // namespace tidemark
