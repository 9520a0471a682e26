// From Kafka's schemas to what a pipeline works with.
#include <utility>

#include "collectors/key_types.h"
#include "collectors/record.h"

namespace tidemark {
namespace {

ClassicMember classic_member(MemberMetadata member) {
  ClassicMember out;
  out.member_id = std::move(member.member_id);
  out.instance_id = std::move(member.group_instance_id).value_or("");
  out.client_id = std::move(member.client_id);
  out.client_host = std::move(member.client_host);
  out.subscription_known = member.subscription.has_value();
  if (member.subscription) out.subscribed = std::move(*member.subscription);
  out.assignment_known = member.assignment.has_value();
  if (member.assignment) out.assigned = std::move(*member.assignment);
  return out;
}

ClassicGroupSeen classic_group(DecodedGroupRecord& record) {
  ClassicGroupSeen out;
  out.group = GroupName(std::move(record.group));
  out.tombstone = record.tombstone;
  auto* value = std::get_if<GroupMetadata>(&record.value);
  if (value == nullptr) return out;
  out.protocol_type = std::move(value->protocol_type);
  out.generation = value->generation;
  out.protocol = std::move(value->protocol).value_or("");
  out.leader = std::move(value->leader).value_or("");
  out.members.reserve(value->members.size());
  for (MemberMetadata& member : value->members) {
    out.members.push_back(classic_member(std::move(member)));
  }
  return out;
}

ModernGroupSeen modern_group(DecodedGroupRecord& record) {
  ModernGroupSeen out{GroupName(std::move(record.group)), record.tombstone};
  if (const auto* value = std::get_if<ConsumerGroupMetadata>(&record.value)) {
    out.epoch = value->epoch;
  }
  return out;
}

ModernMemberSeen modern_member(DecodedGroupRecord& record) {
  ModernMemberSeen out;
  out.group = GroupName(std::move(record.group));
  out.member_id = std::move(record.member_id).value_or("");
  out.tombstone = record.tombstone;
  auto* value = std::get_if<ConsumerGroupMemberMetadata>(&record.value);
  if (value == nullptr) return out;
  out.instance_id = std::move(value->instance_id).value_or("");
  out.client_id = std::move(value->client_id);
  out.client_host = std::move(value->client_host);
  out.subscribed = std::move(value->subscribed_topic_names);
  out.subscribed_regex = std::move(value->subscribed_topic_regex).value_or("");
  return out;
}

ModernAssignmentSeen modern_assignment(DecodedGroupRecord& record) {
  ModernAssignmentSeen out;
  out.group = GroupName(std::move(record.group));
  out.member_id = std::move(record.member_id).value_or("");
  out.tombstone = record.tombstone;
  auto* value = std::get_if<ConsumerGroupCurrentMemberAssignment>(&record.value);
  if (value == nullptr) return out;
  out.member_epoch = value->member_epoch;
  for (TopicPartitions& topic : value->assigned_partitions) {
    out.assigned.push_back({topic.topic_id, std::move(topic.partitions)});
  }
  return out;
}

std::optional<GroupRecord> topic_ids(DecodedGroupRecord& record) {
  auto* value = std::get_if<ConsumerGroupPartitionMetadata>(&record.value);
  if (value == nullptr) return std::nullopt;
  TopicIdsSeen out;
  for (TopicMetadata& topic : value->topics) {
    out.topics.emplace_back(topic.topic_id, std::move(topic.topic_name));
  }
  return out;
}

}  // namespace

std::optional<GroupRecord> observed(DecodedGroupRecord record) {
  switch (record.key_type) {
    case key_type::group_metadata:
      return classic_group(record);
    case key_type::consumer_group_metadata:
      return modern_group(record);
    case key_type::consumer_group_partition_metadata:
      return topic_ids(record);
    case key_type::consumer_group_member_metadata:
      return modern_member(record);
    case key_type::current_member_assignment:
      return modern_assignment(record);
    default:
      return std::nullopt;
  }
}

std::optional<GroupRecord> observed(const SkippedRecord& record) {
  if (record.group_kind == GroupKind::none || !record.group) return std::nullopt;
  return OtherGroupSeen{GroupName(*record.group), record.group_kind, record.tombstone};
}

}  // namespace tidemark
