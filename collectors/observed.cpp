// From Kafka's schemas to what a pipeline works with.
#include <algorithm>
#include <iterator>
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
  if (value->current_state_timestamp >= 0) {
    out.state_since = from_ms(value->current_state_timestamp);
  }
  out.members.reserve(value->members.size());
  for (MemberMetadata& member : value->members) {
    out.members.push_back(classic_member(std::move(member)));
  }
  return out;
}

ModernGroupSeen modern_group(DecodedGroupRecord& record, GroupKind kind) {
  ModernGroupSeen out{GroupName(std::move(record.group)), record.tombstone, 0, kind};
  const auto take = [&](const auto& value) {
    if constexpr (requires { value.epoch; }) out.epoch = value.epoch;
  };
  std::visit(take, record.value);
  return out;
}

ModernMemberSeen modern_member(DecodedGroupRecord& record, GroupKind kind) {
  ModernMemberSeen out;
  out.group = GroupName(std::move(record.group));
  out.member_id = std::move(record.member_id).value_or("");
  out.tombstone = record.tombstone;
  out.kind = kind;
  const auto take = [&](auto& value) {
    if constexpr (requires { value.client_id; }) {
      out.client_id = std::move(value.client_id);
      out.client_host = std::move(value.client_host);
    }
    if constexpr (requires { value.instance_id; }) {
      out.instance_id = std::move(value.instance_id).value_or("");
    }
    if constexpr (requires { value.subscribed_topic_names; }) {
      out.subscribed = std::move(value.subscribed_topic_names);
    }
    if constexpr (requires { value.subscribed_topic_regex; }) {
      out.subscribed_regex = std::move(value.subscribed_topic_regex).value_or("");
    }
  };
  std::visit(take, record.value);
  return out;
}

ModernAssignmentSeen modern_assignment(DecodedGroupRecord& record, GroupKind kind) {
  ModernAssignmentSeen out;
  out.group = GroupName(std::move(record.group));
  out.member_id = std::move(record.member_id).value_or("");
  out.tombstone = record.tombstone;
  out.kind = kind;
  const auto take = [&](auto& value) {
    if constexpr (requires { value.member_epoch; }) out.member_epoch = value.member_epoch;
    if constexpr (requires { value.assigned_partitions; }) {
      for (TopicPartitions& topic : value.assigned_partitions) {
        out.assigned.push_back({topic.topic_id, std::move(topic.partitions)});
      }
    }
    if constexpr (requires { value.active_tasks; }) {
      for (Tasks& tasks : value.active_tasks) {
        out.tasks.push_back({std::move(tasks.subtopology_id), std::move(tasks.partitions)});
      }
    }
  };
  std::visit(take, record.value);
  return out;
}

RegexSeen regular_expression(DecodedGroupRecord& record) {
  RegexSeen out{GroupName(std::move(record.group)),
                std::move(record.regex).value_or(""),
                record.tombstone,
                {}};
  if (auto* value = std::get_if<ConsumerGroupRegularExpression>(&record.value)) {
    out.topics = std::move(value->topics);
  }
  return out;
}

StreamsTopologySeen topology(DecodedGroupRecord& record) {
  StreamsTopologySeen out{GroupName(std::move(record.group)), record.tombstone, {}};
  auto* value = std::get_if<StreamsGroupTopology>(&record.value);
  if (value == nullptr) return out;
  for (Subtopology& part : value->subtopologies) {
    auto& seen = out.subtopologies.emplace_back();
    seen.id = std::move(part.subtopology_id);
    seen.topics = std::move(part.source_topics);
    std::move(part.repartition_source_topics.begin(), part.repartition_source_topics.end(),
              std::back_inserter(seen.topics));
    seen.by_regex = !part.source_topic_regex.empty();
  }
  return out;
}

std::optional<GroupRecord> share_topic_ids(DecodedGroupRecord& record) {
  auto* value = std::get_if<ShareGroupStatePartitionMetadata>(&record.value);
  if (value == nullptr) return std::nullopt;
  TopicIdsSeen out;
  for (auto* list : {&value->initializing_topics, &value->initialized_topics}) {
    for (NamedTopicPartitions& topic : *list) {
      out.topics.emplace_back(topic.topic_id, std::move(topic.topic_name));
    }
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
      return modern_group(record, GroupKind::consumer);
    case key_type::consumer_group_partition_metadata:
      return topic_ids(record);
    case key_type::consumer_group_member_metadata:
      return modern_member(record, GroupKind::consumer);
    case key_type::current_member_assignment:
      return modern_assignment(record, GroupKind::consumer);
    case key_type::regular_expression:
      return regular_expression(record);
    case key_type::share_group_metadata:
      return modern_group(record, GroupKind::share);
    case key_type::share_member_metadata:
      return modern_member(record, GroupKind::share);
    case key_type::share_current_assignment:
      return modern_assignment(record, GroupKind::share);
    case key_type::share_state_partitions:
      return share_topic_ids(record);
    case key_type::streams_group_metadata:
      return modern_group(record, GroupKind::streams);
    case key_type::streams_member_metadata:
      return modern_member(record, GroupKind::streams);
    case key_type::streams_current_assignment:
      return modern_assignment(record, GroupKind::streams);
    case key_type::streams_topology:
      return topology(record);
    default:
      return std::nullopt;
  }
}

std::optional<GroupRecord> observed(const SkippedRecord& record) {
  if (record.group_kind == GroupKind::none || !record.group) return std::nullopt;
  return OtherGroupSeen{GroupName(*record.group), record.group_kind, record.tombstone};
}

}  // namespace tidemark
