#include "collectors/consumer_group_record.h"

#include <string>
#include <utility>

#include "collectors/fields.h"
#include "collectors/key_types.h"

namespace tidemark {
namespace {

// The one tag that a struct of these values may have; what it means depends on the struct.
constexpr std::int32_t first_tag = 0;

template <class Read>
void tag_zero(ByteReader& value, Read read) {
  value.tagged_fields([&](std::int32_t tag) {
    if (tag != first_tag) return false;
    read();
    return true;
  });
}

PartitionRacks read_partition_racks(ByteReader& value) {
  PartitionRacks out;
  out.partition = value.int32("topics.partition_metadata.partition");
  out.racks = read_strings(value, "topics.partition_metadata.racks");
  value.tagged_fields();
  return out;
}

TopicMetadata read_topic(ByteReader& value) {
  TopicMetadata topic;
  topic.topic_id = value.uuid("topics.topic_id");
  topic.topic_name = value.string("topics.topic_name");
  topic.num_partitions = value.int32("topics.num_partitions");
  topic.partition_metadata =
      read_elements(value, value.array("topics.partition_metadata"), read_partition_racks);
  value.tagged_fields();
  return topic;
}

ClassicProtocol read_classic_protocol(ByteReader& value) {
  ClassicProtocol protocol;
  protocol.name = value.string("classic_member_metadata.supported_protocols.name");
  protocol.metadata = value.bytes("classic_member_metadata.supported_protocols.metadata");
  value.tagged_fields();
  return protocol;
}

// The field is nullable: a number above 0 says that it is there.
std::optional<ClassicMemberMetadata> read_classic_member(ByteReader& value) {
  if (value.unsigned_varint("classic_member_metadata") <= 0) return std::nullopt;
  ClassicMemberMetadata member;
  member.session_timeout_ms = value.int32("classic_member_metadata.session_timeout_ms");
  const auto protocols = value.array("classic_member_metadata.supported_protocols");
  member.supported_protocols = read_elements(value, protocols, read_classic_protocol);
  value.tagged_fields();
  return member;
}

std::optional<std::vector<std::int32_t>> read_epochs(ByteReader& value) {
  const auto count = value.nullable_array("assignment_epochs");
  if (!count) return std::nullopt;
  return read_elements(value, *count, [](ByteReader& r) { return r.int32("assignment_epochs"); });
}

TopicPartitions read_target_topic(ByteReader& value) {
  TopicPartitions topic;
  topic.topic_id = value.uuid("topic_partitions.topic_id");
  topic.partitions = read_int32s(value, "topic_partitions.partitions");
  value.tagged_fields();
  return topic;
}

TopicPartitions read_current_topic(ByteReader& value) {
  TopicPartitions topic;
  topic.topic_id = value.uuid("topic_id");
  topic.partitions = read_int32s(value, "partitions");
  tag_zero(value, [&] { topic.assignment_epochs = read_epochs(value); });
  return topic;
}

ConsumerGroupMetadata read_consumer_group_metadata(ByteReader& value) {
  ConsumerGroupMetadata group;
  group.epoch = value.int32("epoch");
  tag_zero(value, [&] { group.metadata_hash = value.int64("metadata_hash"); });
  return group;
}

ConsumerGroupPartitionMetadata read_consumer_group_partition_metadata(ByteReader& value) {
  ConsumerGroupPartitionMetadata out;
  out.topics = read_elements(value, value.array("topics"), read_topic);
  value.tagged_fields();
  return out;
}

ConsumerGroupMemberMetadata read_consumer_group_member_metadata(ByteReader& value) {
  ConsumerGroupMemberMetadata member;
  member.instance_id = owned(value.nullable_string("instance_id"));
  member.rack_id = owned(value.nullable_string("rack_id"));
  member.client_id = value.string("client_id");
  member.client_host = value.string("client_host");
  member.subscribed_topic_names = read_strings(value, "subscribed_topic_names");
  member.subscribed_topic_regex = owned(value.nullable_string("subscribed_topic_regex"));
  member.rebalance_timeout_ms = value.int32("rebalance_timeout_ms");
  member.server_assignor = owned(value.nullable_string("server_assignor"));
  tag_zero(value, [&] { member.classic_member_metadata = read_classic_member(value); });
  return member;
}

ConsumerGroupTargetAssignmentMetadata read_target_assignment_metadata(ByteReader& value) {
  ConsumerGroupTargetAssignmentMetadata out;
  out.assignment_epoch = value.int32("assignment_epoch");
  tag_zero(value, [&] { out.assignment_timestamp = value.int64("assignment_timestamp"); });
  return out;
}

ConsumerGroupTargetAssignmentMember read_target_assignment_member(ByteReader& value) {
  ConsumerGroupTargetAssignmentMember out;
  out.topic_partitions = read_elements(value, value.array("topic_partitions"), read_target_topic);
  value.tagged_fields();
  return out;
}

ConsumerGroupCurrentMemberAssignment read_current_member_assignment(ByteReader& value) {
  ConsumerGroupCurrentMemberAssignment out;
  out.member_epoch = value.int32("member_epoch");
  out.previous_member_epoch = value.int32("previous_member_epoch");
  out.state = value.int8("state");
  out.assigned_partitions =
      read_elements(value, value.array("assigned_partitions"), read_current_topic);
  out.partitions_pending_revocation =
      read_elements(value, value.array("partitions_pending_revocation"), read_current_topic);
  value.tagged_fields();
  return out;
}

ConsumerGroupRegularExpression read_regular_expression(ByteReader& value) {
  ConsumerGroupRegularExpression out;
  out.topics = read_strings(value, "topics");
  out.version = value.int64("version");
  out.timestamp = value.int64("timestamp");
  value.tagged_fields();
  return out;
}

}  // namespace

GroupValue read_consumer_group_value(std::int16_t type, ByteReader& value) {
  switch (type) {
    case key_type::consumer_group_metadata:
      return read_consumer_group_metadata(value);
    case key_type::consumer_group_partition_metadata:
      return read_consumer_group_partition_metadata(value);
    case key_type::consumer_group_member_metadata:
      return read_consumer_group_member_metadata(value);
    case key_type::target_assignment_metadata:
      return read_target_assignment_metadata(value);
    case key_type::target_assignment_member:
      return read_target_assignment_member(value);
    case key_type::current_member_assignment:
      return read_current_member_assignment(value);
    case key_type::regular_expression:
      return read_regular_expression(value);
    default:
      return {};
  }
}

}  // namespace tidemark
