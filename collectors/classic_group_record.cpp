#include "collectors/classic_group_record.h"

#include <string>

#include "collectors/consumer_protocol.h"
#include "collectors/fields.h"

namespace tidemark {
namespace {

constexpr std::string_view consumer_protocol_type = "consumer";

MemberMetadata read_member(ByteReader& value, std::int16_t version, bool consumer) {
  MemberMetadata member;
  member.member_id = value.string("members.member_id");
  if (version >= 3) {
    member.group_instance_id = owned(value.nullable_string("members.group_instance_id"));
  }
  member.client_id = value.string("members.client_id");
  member.client_host = value.string("members.client_host");
  if (version >= 1) member.rebalance_timeout = value.int32("members.rebalance_timeout");
  member.session_timeout = value.int32("members.session_timeout");
  const std::string_view subscription = value.bytes("members.subscription");
  const std::string_view assignment = value.bytes("members.assignment");
  value.tagged_fields();
  if (consumer) {
    member.subscription = read_subscribed_topics(subscription);
    member.assignment = read_assigned_partitions(assignment);
  }
  return member;
}

}  // namespace

GroupMetadata read_group_metadata(ByteReader& value, std::int16_t version) {
  GroupMetadata group;
  group.protocol_type = value.string("protocol_type");
  group.generation = value.int32("generation");
  group.protocol = owned(value.nullable_string("protocol"));
  group.leader = owned(value.nullable_string("leader"));
  if (version >= 2) group.current_state_timestamp = value.int64("current_state_timestamp");
  const bool consumer = group.protocol_type == consumer_protocol_type;
  group.members = read_elements(value, value.array("members"), [&](ByteReader& reader) {
    return read_member(reader, version, consumer);
  });
  value.tagged_fields();
  return group;
}

}  // namespace tidemark
