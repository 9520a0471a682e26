#include "api/lookup.h"

#include <algorithm>
#include <tuple>

namespace tidemark {

std::shared_ptr<const ClusterReport> find_cluster(const View& view, std::string_view name) {
  for (auto& report : view.reports()) {
    if (report->cluster.get() == name) return report;
  }
  return nullptr;
}

Instant as_of(const Reports& reports) {
  Instant oldest;
  for (const auto& report : reports) {
    const Instant at = report->shown(report->as_of);
    if (report == reports.front() || at < oldest) oldest = at;
  }
  return oldest;
}

const TopicOfGroup* find_topic_of(const GroupReport& group, std::string_view topic) {
  const auto at = std::lower_bound(
      group.topics.begin(), group.topics.end(), topic,
      [](const TopicOfGroup& held, std::string_view name) { return held.topic.get() < name; });
  return at != group.topics.end() && at->topic.get() == topic ? &*at : nullptr;
}

const TopicPartitionReport* find_partition(const TopicReport* topic, PartitionId partition) {
  if (topic == nullptr || partition.get() < 0) return nullptr;
  const auto index = static_cast<std::size_t>(partition.get());
  return index < topic->partitions.size() ? &topic->partitions[index] : nullptr;
}

const PartitionWindow* find_window(const PartitionWindows& windows, const TopicName& topic,
                                   PartitionId partition) {
  const auto key = std::tie(topic, partition);
  const auto at = std::lower_bound(windows.begin(), windows.end(), key,
                                   [](const PartitionWindow& held, const auto& wanted) {
                                     return std::tie(held.topic, held.partition) < wanted;
                                   });
  if (at == windows.end() || std::tie(at->topic, at->partition) != key) return nullptr;
  return &*at;
}

const MemberReport* find_owner(const GroupReport& group, const PartitionReport& partition) {
  const auto index = static_cast<std::size_t>(partition.owner);
  return partition.owner >= 0 && index < group.members.size() ? &group.members[index] : nullptr;
}

}  // namespace tidemark
