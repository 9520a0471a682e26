#include "collectors/share_group_record.h"

#include <string>
#include <utility>

#include "collectors/fields.h"
#include "collectors/key_types.h"

namespace tidemark {
namespace {

ShareGroupMemberMetadata read_share_member(ByteReader& value) {
  ShareGroupMemberMetadata out;
  out.rack_id = owned(value.nullable_string("rack_id"));
  out.client_id = value.string("client_id");
  out.client_host = value.string("client_host");
  out.subscribed_topic_names = read_strings(value, "subscribed_topic_names");
  return out;
}

TopicPartitions read_assigned_topic(ByteReader& value) {
  TopicPartitions out;
  out.topic_id = value.uuid("topic_id");
  out.partitions = read_int32s(value, "partitions");
  value.tagged_fields();
  return out;
}

ShareGroupCurrentMemberAssignment read_share_assignment(ByteReader& value) {
  ShareGroupCurrentMemberAssignment out;
  out.member_epoch = value.int32("member_epoch");
  value.int32("previous_member_epoch");
  value.int8("state");
  out.assigned_partitions =
      read_elements(value, value.array("assigned_partitions"), read_assigned_topic);
  return out;
}

NamedTopicPartitions read_named_topic(ByteReader& value) {
  NamedTopicPartitions out;
  out.topic_id = value.uuid("topic_id");
  out.topic_name = value.string("topic_name");
  out.partitions = read_int32s(value, "partitions");
  value.tagged_fields();
  return out;
}

ShareGroupStatePartitionMetadata read_state_partitions(ByteReader& value) {
  ShareGroupStatePartitionMetadata out;
  out.initializing_topics =
      read_elements(value, value.array("initializing_topics"), read_named_topic);
  out.initialized_topics =
      read_elements(value, value.array("initialized_topics"), read_named_topic);
  return out;
}

}  // namespace

GroupValue read_share_group_value(std::int16_t type, ByteReader& value) {
  switch (type) {
    case key_type::share_member_metadata:
      return read_share_member(value);
    case key_type::share_group_metadata:
      return ShareGroupMetadata{value.int32("epoch")};
    case key_type::share_current_assignment:
      return read_share_assignment(value);
    case key_type::share_state_partitions:
      return read_state_partitions(value);
    default:
      return {};
  }
}

}  // namespace tidemark
