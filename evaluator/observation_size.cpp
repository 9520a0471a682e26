#include "evaluator/observation_size.h"

#include <algorithm>
#include <type_traits>

namespace tidemark {
namespace {

constexpr std::size_t per_block = 16;      // what the allocator adds
constexpr std::size_t per_map_node = 48;   // links, colour and the allocator's own
constexpr std::size_t inside_string = 15;  // characters without a block of their own

// Bytes that a value holds besides its own size.
std::size_t held(const std::string& text) {
  return text.capacity() <= inside_string ? 0 : text.capacity() + 1 + per_block;
}
std::size_t held(const GroupName& name) { return held(name.get()); }
std::size_t held(const TopicName& name) { return held(name.get()); }

template <class T>
std::size_t held(const std::vector<T>& list);
template <class K, class V>
std::size_t held(const std::map<K, V>& map);
template <class A, class B>
std::size_t held(const std::pair<A, B>& pair);
std::size_t held(const GroupRecord& record);

// Values that are all their own.
template <class T>
requires std::is_trivially_copyable_v<T> std::size_t held(const T& /*value*/) { return 0; }

std::size_t held(const ClassicMember& m) {
  return held(m.member_id) + held(m.instance_id) + held(m.client_id) + held(m.client_host) +
         held(m.subscribed) + held(m.assigned);
}
std::size_t held(const AssignedById& assigned) { return held(assigned.partitions); }
std::size_t held(const AssignedTasks& tasks) {
  return held(tasks.subtopology) + held(tasks.partitions);
}
std::size_t held(const StreamsTopologySeen::Subtopology& part) {
  return held(part.id) + held(part.topics);
}
std::size_t held(const TopicOffsets& topic) { return held(topic.topic) + held(topic.partitions); }
std::size_t held(const TopicSeen& topic) { return held(topic.topic); }
std::size_t held(const ShareStateSeen& seen) { return held(seen.group); }

std::size_t held(const ClassicGroupSeen& seen) {
  return held(seen.group) + held(seen.protocol_type) + held(seen.protocol) + held(seen.leader) +
         held(seen.members);
}
std::size_t held(const ModernGroupSeen& seen) { return held(seen.group); }
std::size_t held(const ModernMemberSeen& seen) {
  return held(seen.group) + held(seen.member_id) + held(seen.instance_id) + held(seen.client_id) +
         held(seen.client_host) + held(seen.subscribed) + held(seen.subscribed_regex);
}
std::size_t held(const ModernAssignmentSeen& seen) {
  return held(seen.group) + held(seen.member_id) + held(seen.assigned) + held(seen.tasks);
}
std::size_t held(const TopicIdsSeen& seen) { return held(seen.topics); }
std::size_t held(const OtherGroupSeen& seen) { return held(seen.group); }
std::size_t held(const RegexSeen& seen) {
  return held(seen.group) + held(seen.regex) + held(seen.topics);
}
std::size_t held(const StreamsTopologySeen& seen) {
  return held(seen.group) + held(seen.subtopologies);
}
std::size_t held(const OffsetsBatch::GroupAt& at) { return held(at.record); }
std::size_t held(const GroupRecord& record) {
  return std::visit([](const auto& seen) { return held(seen); }, record);
}

template <class T>
std::size_t held(const std::vector<T>& list) {
  if (list.capacity() == 0) return 0;
  std::size_t total = list.capacity() * sizeof(T) + per_block;
  if constexpr (!std::is_trivially_copyable_v<T>) {
    for (const T& each : list) total += held(each);
  }
  return total;
}
template <class K, class V>
std::size_t held(const std::map<K, V>& map) {
  std::size_t total = 0;
  for (const auto& each : map) total += per_map_node + sizeof(each) + held(each);
  return total;
}
template <class A, class B>
std::size_t held(const std::pair<A, B>& pair) {
  return held(pair.first) + held(pair.second);
}

Load load(const OffsetsBatch& batch) {
  return {batch.records, held(batch.bytes) + held(batch.commits) + held(batch.group_records) +
                             held(batch.positions)};
}
Load load(const LogEndsSeen& seen) {
  Load out{seen.offsets_topic.size() + seen.share_state_topic.size(),
           held(seen.topics) + held(seen.offsets_topic) + held(seen.share_state_topic)};
  for (const TopicOffsets& topic : seen.topics) out.items += topic.partitions.size();
  return out;
}
Load load(const TopicsSeen& seen) {
  return {seen.topics.size(), held(seen.cluster_id) + held(seen.topics)};
}
Load load(const TopicSettingsSeen& seen) { return {seen.topics.size(), held(seen.topics)}; }
Load load(const LinkSeen& seen) {
  return {1, held(seen.problem) + held(seen.resource) + held(seen.right)};
}
Load load(const CatchUpGoal& goal) { return {1, held(goal.begin) + held(goal.until)}; }
Load load(const ProbeSeen& seen) { return {1, held(seen.question.topic) + held(seen.problem)}; }
Load load(const ShareStateBatch& batch) {
  return {batch.records.size(), held(batch.records) + held(batch.positions) + held(batch.problem)};
}

}  // namespace

Load load_of(const Observation& seen) {
  Load out = std::visit([](const auto& each) { return load(each); }, seen);
  out.items = std::max<std::size_t>(out.items, 1);
  out.bytes += sizeof(Observation);
  return out;
}

}  // namespace tidemark
