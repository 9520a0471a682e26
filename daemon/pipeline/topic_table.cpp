#include "daemon/pipeline/topic_table.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace tidemark {
namespace {

bool is_read(const Topic& topic) {
  return std::any_of(topic.partitions.begin(), topic.partitions.end(),
                     [](const TopicPartition& partition) { return !partition.readers.empty(); });
}

std::shared_ptr<const TopicReport> make_report(const Topic& topic) {
  auto report = std::make_shared<TopicReport>();
  report->topic = TopicName{topic.name};
  report->partitions.reserve(topic.partitions.size());
  for (std::size_t i = 0; i < topic.partitions.size(); ++i) {
    const TopicPartition& from = topic.partitions[i];
    report->partitions.push_back({PartitionId{static_cast<std::int32_t>(i)}, from.leader, from.end,
                                  from.start, from.lso, from.lso_since});
  }
  return report;
}

}  // namespace

Topic& TopicTable::find_or_add(std::string_view name) {
  auto found = topics_.find(name);
  if (found == topics_.end()) {
    found = topics_.emplace(std::string(name), std::make_unique<Topic>()).first;
    found->second->name = found->first;
  }
  return *found->second;
}

Topic* TopicTable::find(std::string_view name) {
  const auto found = topics_.find(name);
  return found == topics_.end() ? nullptr : found->second.get();
}

TopicPartition& TopicTable::partition(Topic& topic, PartitionId id) {
  const auto at = static_cast<std::size_t>(std::max(id.get(), 0));
  if (at >= topic.partitions.size()) {
    topic.partitions.resize(at + 1);
    topic.changed = true;
  }
  return topic.partitions[at];
}

bool TopicTable::apply(const TopicsSeen& seen) {
  bool changed = false;
  std::set<std::string_view> names;
  for (const TopicSeen& each : seen.topics) {
    names.insert(each.topic.get());
    Topic& topic = find_or_add(each.topic.get());
    const std::size_t before = topic.partitions.size();
    if (each.partitions > 0) partition(topic, PartitionId{each.partitions - 1});
    changed = changed || !topic.listed || topic.partitions.size() != before;
    topic.listed = true;
  }
  for (auto at = topics_.begin(); at != topics_.end();) {
    Topic& topic = *at->second;
    if (names.contains(at->first) || !topic.listed) {
      ++at;
      continue;
    }
    changed = true;
    topic.listed = false;
    at = is_read(topic) ? std::next(at) : topics_.erase(at);
  }
  return changed;
}

StaleLogEnds TopicTable::stale_log_ends(Instant limit) const {
  StaleLogEnds out;
  for (const auto& [name, topic] : topics_) {
    if (!topic->listed) continue;
    for (const TopicPartition& partition : topic->partitions) {
      if (partition.history.empty()) continue;
      const Instant seen = partition.history.newest().at;
      if (seen >= limit) continue;
      auto& leader =
          out.leaders.try_emplace(partition.leader, StaleLogEnds::Leader{0, seen}).first->second;
      ++leader.partitions;
      leader.oldest = std::min(leader.oldest, seen);
    }
  }
  return out;
}

void TopicTable::move_in_time(Duration by) {
  for (auto& [name, topic] : topics_) {
    for (TopicPartition& partition : topic->partitions) {
      partition.history.move_in_time(by);
      for (LogEnd& end : partition.recent) end.at += by;
      if (partition.lso_since) *partition.lso_since += by;
    }
    topic->changed = true;
  }
}

std::vector<std::shared_ptr<const TopicReport>> TopicTable::reports() {
  std::vector<std::shared_ptr<const TopicReport>> out;
  out.reserve(topics_.size());
  for (const auto& [name, topic] : topics_) {
    if (!topic->listed) continue;
    if (topic->changed || !topic->report) topic->report = make_report(*topic);
    topic->changed = false;
    out.push_back(topic->report);
  }
  return out;
}

}  // namespace tidemark
