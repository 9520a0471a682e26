// The values of the group records of `__consumer_offsets`, under the names and with the defaults of
// Kafka's schemas. Plain values that own their strings (raw bytes, not always valid UTF-8).
// Timeouts and timestamps are in milliseconds.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/ids.h"

namespace tidemark {

// --- classic protocol
// ------------------------------------------------------------------------------

struct MemberMetadata {
  std::string member_id;
  std::optional<std::string> group_instance_id;
  std::string client_id;
  std::string client_host;
  std::int32_t rebalance_timeout = -1;  // −1: not in this version
  std::int32_t session_timeout = 0;
  // Both null where they can't be read, and for protocol types other than "consumer".
  std::optional<std::vector<std::string>> subscription;
  std::optional<std::map<std::string, std::vector<std::int32_t>>> assignment;

  friend bool operator==(const MemberMetadata&, const MemberMetadata&) = default;
};

struct GroupMetadata {
  std::string protocol_type;
  std::int32_t generation = 0;
  std::optional<std::string> protocol;
  std::optional<std::string> leader;
  std::int64_t current_state_timestamp = -1;  // −1: not known, or not in this version
  std::vector<MemberMetadata> members;        // none: the group is Empty

  friend bool operator==(const GroupMetadata&, const GroupMetadata&) = default;
};

// --- KIP-848
// ---------------------------------------------------------------------------------------

struct ConsumerGroupMetadata {
  std::int32_t epoch = 0;
  std::int64_t metadata_hash = 0;

  friend bool operator==(const ConsumerGroupMetadata&, const ConsumerGroupMetadata&) = default;
};

struct PartitionRacks {
  std::int32_t partition = 0;
  std::vector<std::string> racks;

  friend bool operator==(const PartitionRacks&, const PartitionRacks&) = default;
};
struct TopicMetadata {
  TopicUuid topic_id{};
  std::string topic_name;
  std::int32_t num_partitions = 0;
  std::vector<PartitionRacks> partition_metadata;

  friend bool operator==(const TopicMetadata&, const TopicMetadata&) = default;
};
struct ConsumerGroupPartitionMetadata {
  std::vector<TopicMetadata> topics;

  friend bool operator==(const ConsumerGroupPartitionMetadata&,
                         const ConsumerGroupPartitionMetadata&) = default;
};

struct ClassicProtocol {
  std::string name;
  std::string metadata;  // the member's subscription, as bytes

  friend bool operator==(const ClassicProtocol&, const ClassicProtocol&) = default;
};
struct ClassicMemberMetadata {
  std::int32_t session_timeout_ms = 0;
  std::vector<ClassicProtocol> supported_protocols;

  friend bool operator==(const ClassicMemberMetadata&, const ClassicMemberMetadata&) = default;
};
struct ConsumerGroupMemberMetadata {
  std::optional<std::string> instance_id;
  std::optional<std::string> rack_id;
  std::string client_id;
  std::string client_host;
  std::vector<std::string> subscribed_topic_names;
  std::optional<std::string> subscribed_topic_regex;  // "": none
  std::int32_t rebalance_timeout_ms = -1;
  std::optional<std::string> server_assignor;
  std::optional<ClassicMemberMetadata> classic_member_metadata;  // of a classic member only

  friend bool operator==(const ConsumerGroupMemberMetadata&,
                         const ConsumerGroupMemberMetadata&) = default;
};

struct ConsumerGroupTargetAssignmentMetadata {
  std::int32_t assignment_epoch = 0;
  std::int64_t assignment_timestamp = 0;  // 0: not in this record

  friend bool operator==(const ConsumerGroupTargetAssignmentMetadata&,
                         const ConsumerGroupTargetAssignmentMetadata&) = default;
};

struct TopicPartitions {
  TopicUuid topic_id{};
  std::vector<std::int32_t> partitions;
  // Of current assignments, one per partition; empty: not in this record.
  std::optional<std::vector<std::int32_t>> assignment_epochs = std::vector<std::int32_t>();

  friend bool operator==(const TopicPartitions&, const TopicPartitions&) = default;
};
struct ConsumerGroupTargetAssignmentMember {
  std::vector<TopicPartitions> topic_partitions;

  friend bool operator==(const ConsumerGroupTargetAssignmentMember&,
                         const ConsumerGroupTargetAssignmentMember&) = default;
};
struct ConsumerGroupCurrentMemberAssignment {
  std::int32_t member_epoch = 0;  // −2: a static member that is away
  std::int32_t previous_member_epoch = 0;
  std::int8_t state = 0;  // 0 stable, 1 has to revoke, 2 waits for partitions, 127 unknown
  std::vector<TopicPartitions> assigned_partitions;
  std::vector<TopicPartitions> partitions_pending_revocation;

  friend bool operator==(const ConsumerGroupCurrentMemberAssignment&,
                         const ConsumerGroupCurrentMemberAssignment&) = default;
};

struct ConsumerGroupRegularExpression {
  std::vector<std::string> topics;  // that match it, as of `version` of the cluster's metadata
  std::int64_t version = 0;
  std::int64_t timestamp = 0;

  friend bool operator==(const ConsumerGroupRegularExpression&,
                         const ConsumerGroupRegularExpression&) = default;
};

// --- share groups (KIP-932) and streams groups (KIP-1071): the fields that are used
// ---------------------------------------------------------------------------------------

struct ShareGroupMetadata {
  std::int32_t epoch = 0;

  friend bool operator==(const ShareGroupMetadata&, const ShareGroupMetadata&) = default;
};

struct ShareGroupMemberMetadata {
  std::optional<std::string> rack_id;
  std::string client_id;
  std::string client_host;
  std::vector<std::string> subscribed_topic_names;

  friend bool operator==(const ShareGroupMemberMetadata&,
                         const ShareGroupMemberMetadata&) = default;
};

struct ShareGroupCurrentMemberAssignment {
  std::int32_t member_epoch = 0;
  std::vector<TopicPartitions> assigned_partitions;

  friend bool operator==(const ShareGroupCurrentMemberAssignment&,
                         const ShareGroupCurrentMemberAssignment&) = default;
};

struct NamedTopicPartitions {
  TopicUuid topic_id{};
  std::string topic_name;
  std::vector<std::int32_t> partitions;

  friend bool operator==(const NamedTopicPartitions&, const NamedTopicPartitions&) = default;
};
struct ShareGroupStatePartitionMetadata {
  std::vector<NamedTopicPartitions> initializing_topics;
  std::vector<NamedTopicPartitions> initialized_topics;

  friend bool operator==(const ShareGroupStatePartitionMetadata&,
                         const ShareGroupStatePartitionMetadata&) = default;
};

struct StreamsGroupMetadata {
  std::int32_t epoch = 0;

  friend bool operator==(const StreamsGroupMetadata&, const StreamsGroupMetadata&) = default;
};

struct StreamsGroupMemberMetadata {
  std::optional<std::string> instance_id;
  std::optional<std::string> rack_id;
  std::string client_id;
  std::string client_host;

  friend bool operator==(const StreamsGroupMemberMetadata&,
                         const StreamsGroupMemberMetadata&) = default;
};

struct Tasks {
  std::string subtopology_id;
  std::vector<std::int32_t> partitions;

  friend bool operator==(const Tasks&, const Tasks&) = default;
};
struct StreamsGroupCurrentMemberAssignment {
  std::int32_t member_epoch = 0;
  std::vector<Tasks> active_tasks;

  friend bool operator==(const StreamsGroupCurrentMemberAssignment&,
                         const StreamsGroupCurrentMemberAssignment&) = default;
};

struct Subtopology {
  std::string subtopology_id;
  std::vector<std::string> source_topics;
  std::vector<std::string> source_topic_regex;
  std::vector<std::string> repartition_source_topics;  // their names

  friend bool operator==(const Subtopology&, const Subtopology&) = default;
};
struct StreamsGroupTopology {
  std::int32_t epoch = 0;
  std::vector<Subtopology> subtopologies;

  friend bool operator==(const StreamsGroupTopology&, const StreamsGroupTopology&) = default;
};

// monostate: a tombstone has no value.
using GroupValue =
    std::variant<std::monostate, GroupMetadata, ConsumerGroupMetadata,
                 ConsumerGroupPartitionMetadata, ConsumerGroupMemberMetadata,
                 ConsumerGroupTargetAssignmentMetadata, ConsumerGroupTargetAssignmentMember,
                 ConsumerGroupCurrentMemberAssignment, ConsumerGroupRegularExpression,
                 ShareGroupMetadata, ShareGroupMemberMetadata, ShareGroupCurrentMemberAssignment,
                 ShareGroupStatePartitionMetadata, StreamsGroupMetadata, StreamsGroupMemberMetadata,
                 StreamsGroupCurrentMemberAssignment, StreamsGroupTopology>;

}  // namespace tidemark
