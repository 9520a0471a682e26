#include "daemon/record_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "core/ids.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

// All zero: the record has none.
Json topic_id(const TopicUuid& id) { return id == TopicUuid{} ? Json() : Json(to_string(id)); }

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4U];
    text += digits[byte & 0xFU];
  }
  return text;
}

template <class T, class ToJson>
Json list(const std::vector<T>& values, ToJson to_json_of) {
  Json out = Json::array();
  for (const T& value : values) out.push_back(to_json_of(value));
  return out;
}

Json head(std::int16_t key_type, std::string_view kind, bool tombstone,
          std::optional<std::int16_t> value_version) {
  return {{"key_type", key_type},
          {"kind", kind},
          {"tombstone", tombstone},
          {"value_version", or_null(value_version)}};
}

// --- values
// ----------------------------------------------------------------------------------------

Json subscription_json(const MemberMetadata& member) {
  if (!member.subscription) return {};
  return {{"topics", *member.subscription}};
}

Json assignment_json(const MemberMetadata& member) {
  if (!member.assignment) return {};
  Json out = Json::object();
  // The topics differ already, so none is looked for among the others.
  auto& topics = out.get_ref<Json::object_t&>();
  for (const auto& [topic, partitions] : *member.assignment) topics.emplace_back(topic, partitions);
  return out;
}

Json member_json(const MemberMetadata& member) {
  return {{"member_id", member.member_id},
          {"group_instance_id", or_null(member.group_instance_id)},
          {"client_id", member.client_id},
          {"client_host", member.client_host},
          {"rebalance_timeout", member.rebalance_timeout},
          {"session_timeout", member.session_timeout},
          {"subscription", subscription_json(member)},
          {"assignment", assignment_json(member)}};
}

Json value_json(const std::monostate&) { return Json::object(); }

Json value_json(const GroupMetadata& value) {
  return {{"protocol_type", value.protocol_type},
          {"generation", value.generation},
          {"protocol", or_null(value.protocol)},
          {"leader", or_null(value.leader)},
          {"current_state_timestamp", value.current_state_timestamp},
          {"members", list(value.members, member_json)}};
}

Json value_json(const ConsumerGroupMetadata& value) {
  return {{"epoch", value.epoch}, {"metadata_hash", value.metadata_hash}};
}

Json racks_json(const PartitionRacks& value) {
  return {{"partition", value.partition}, {"racks", value.racks}};
}

Json topic_json(const TopicMetadata& value) {
  return {{"topic_id", topic_id(value.topic_id)},
          {"topic_name", value.topic_name},
          {"num_partitions", value.num_partitions},
          {"partition_metadata", list(value.partition_metadata, racks_json)}};
}

Json value_json(const ConsumerGroupPartitionMetadata& value) {
  return {{"topics", list(value.topics, topic_json)}};
}

Json protocol_json(const ClassicProtocol& value) {
  return {{"name", value.name}, {"metadata_hex", hex(value.metadata)}};
}

Json classic_member_json(const std::optional<ClassicMemberMetadata>& value) {
  if (!value) return {};
  return {{"session_timeout_ms", value->session_timeout_ms},
          {"supported_protocols", list(value->supported_protocols, protocol_json)}};
}

Json value_json(const ConsumerGroupMemberMetadata& value) {
  return {{"instance_id", or_null(value.instance_id)},
          {"rack_id", or_null(value.rack_id)},
          {"client_id", value.client_id},
          {"client_host", value.client_host},
          {"subscribed_topic_names", value.subscribed_topic_names},
          {"subscribed_topic_regex", or_null(value.subscribed_topic_regex)},
          {"rebalance_timeout_ms", value.rebalance_timeout_ms},
          {"server_assignor", or_null(value.server_assignor)},
          {"classic_member_metadata", classic_member_json(value.classic_member_metadata)}};
}

Json value_json(const ConsumerGroupTargetAssignmentMetadata& value) {
  return {{"assignment_epoch", value.assignment_epoch},
          {"assignment_timestamp", value.assignment_timestamp}};
}

Json target_json(const TopicPartitions& value) {
  return {{"topic_id", topic_id(value.topic_id)}, {"partitions", value.partitions}};
}

Json current_json(const TopicPartitions& value) {
  Json out = target_json(value);
  out["assignment_epochs"] = or_null(value.assignment_epochs);
  return out;
}

Json value_json(const ConsumerGroupTargetAssignmentMember& value) {
  return {{"topic_partitions", list(value.topic_partitions, target_json)}};
}

Json value_json(const ConsumerGroupCurrentMemberAssignment& value) {
  return {
      {"member_epoch", value.member_epoch},
      {"previous_member_epoch", value.previous_member_epoch},
      {"state", value.state},
      {"assigned_partitions", list(value.assigned_partitions, current_json)},
      {"partitions_pending_revocation", list(value.partitions_pending_revocation, current_json)}};
}

Json value_json(const ConsumerGroupRegularExpression& value) {
  return {{"topics", value.topics}, {"version", value.version}, {"timestamp", value.timestamp}};
}

Json value_json(const ShareGroupMetadata& value) { return {{"epoch", value.epoch}}; }

Json value_json(const ShareGroupMemberMetadata& value) {
  return {{"rack_id", or_null(value.rack_id)},
          {"client_id", value.client_id},
          {"client_host", value.client_host},
          {"subscribed_topic_names", value.subscribed_topic_names}};
}

Json value_json(const ShareGroupCurrentMemberAssignment& value) {
  return {{"member_epoch", value.member_epoch},
          {"assigned_partitions", list(value.assigned_partitions, target_json)}};
}

Json named_json(const NamedTopicPartitions& value) {
  return {{"topic_id", topic_id(value.topic_id)},
          {"topic_name", value.topic_name},
          {"partitions", value.partitions}};
}

Json value_json(const ShareGroupStatePartitionMetadata& value) {
  return {{"initializing_topics", list(value.initializing_topics, named_json)},
          {"initialized_topics", list(value.initialized_topics, named_json)}};
}

Json value_json(const StreamsGroupMetadata& value) { return {{"epoch", value.epoch}}; }

Json value_json(const StreamsGroupMemberMetadata& value) {
  return {{"instance_id", or_null(value.instance_id)},
          {"rack_id", or_null(value.rack_id)},
          {"client_id", value.client_id},
          {"client_host", value.client_host}};
}

Json tasks_json(const Tasks& value) {
  return {{"subtopology_id", value.subtopology_id}, {"partitions", value.partitions}};
}

Json value_json(const StreamsGroupCurrentMemberAssignment& value) {
  return {{"member_epoch", value.member_epoch},
          {"active_tasks", list(value.active_tasks, tasks_json)}};
}

Json subtopology_json(const Subtopology& value) {
  return {{"subtopology_id", value.subtopology_id},
          {"source_topics", value.source_topics},
          {"source_topic_regex", value.source_topic_regex},
          {"repartition_source_topics", value.repartition_source_topics}};
}

Json value_json(const StreamsGroupTopology& value) {
  return {{"epoch", value.epoch}, {"subtopologies", list(value.subtopologies, subtopology_json)}};
}

// --- records
// ---------------------------------------------------------------------------------------

void add(Json& out, Json fields) {
  for (auto& [name, field] : fields.items()) out[name] = std::move(field);
}

Json record_json(const OffsetCommit& commit) {
  const auto version =
      commit.tombstone ? std::nullopt : std::optional<std::int16_t>(commit.value_version);
  Json out = head(commit.key_type, "OffsetCommit", commit.tombstone, version);
  add(out, {{"group", commit.group}, {"topic", commit.topic}, {"partition", commit.partition}});
  if (commit.tombstone) return out;
  add(out, {{"offset", commit.offset},
            {"leader_epoch", commit.leader_epoch},
            {"metadata", commit.metadata},
            {"commit_timestamp", commit.commit_timestamp},
            {"expire_timestamp", commit.expire_timestamp},
            {"topic_id", topic_id(commit.topic_id)}});
  return out;
}

Json record_json(const DecodedGroupRecord& record) {
  Json out = head(record.key_type, record.kind, record.tombstone, record.value_version);
  out["group"] = record.group;
  if (record.member_id) out["member_id"] = *record.member_id;
  if (record.regex) out["regex"] = *record.regex;
  add(out, std::visit([](const auto& value) { return value_json(value); }, record.value));
  return out;
}

Json record_json(const SkippedRecord& record) {
  Json out = head(record.key_type, record.kind, record.tombstone, record.value_version);
  if (record.group) out["group"] = *record.group;
  if (record.member_id) out["member_id"] = *record.member_id;
  return out;
}

Json record_json(const DecodeError& error) { return {{"error", error.message}}; }

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const DecodedRecord& record) {
  return text_of(std::visit([](const auto& kind) { return record_json(kind); }, record));
}

std::string error_json(std::string_view message) { return text_of({{"error", message}}); }

}  // namespace tidemark
