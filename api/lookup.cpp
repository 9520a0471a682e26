#include "api/lookup.h"

#include <algorithm>

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
    if (report == reports.front() || report->as_of < oldest) oldest = report->as_of;
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

}  // namespace tidemark
