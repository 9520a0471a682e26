#include "daemon/pipeline/topic_table.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace tidemark {
namespace {

constexpr Duration last_minutes = std::chrono::minutes{5};

bool is_read(const Topic& topic) {
  return std::any_of(topic.partitions.begin(), topic.partitions.end(),
                     [](const TopicPartition& partition) { return !partition.readers.empty(); });
}

// A topic that was created again may have fewer partitions than the one before.
void shrink(Topic& topic, std::int32_t partitions) {
  auto size = static_cast<std::size_t>(std::max(partitions, 0));
  for (std::size_t p = size; p < topic.partitions.size(); ++p) {
    if (!topic.partitions[p].readers.empty()) size = p + 1;
  }
  if (size >= topic.partitions.size()) return;
  topic.partitions.erase(topic.partitions.begin() + static_cast<std::ptrdiff_t>(size),
                         topic.partitions.end());
  topic.changed = true;
}

std::shared_ptr<const TopicReport> make_report(const Topic& topic, const Policy& policy) {
  auto report = std::make_shared<TopicReport>();
  report->topic = TopicName{topic.name};
  report->metrics = policy.metrics;
  report->settings = topic.settings;
  report->readers = topic.reader_groups;
  report->unread_since = topic.unread_since;
  report->unread_reported = topic.unread_reported;
  report->partitions.reserve(topic.partitions.size());
  for (std::size_t i = 0; i < topic.partitions.size(); ++i) {
    const TopicPartition& from = topic.partitions[i];
    report->partitions.push_back({PartitionId{static_cast<std::int32_t>(i)}, from.leader, from.end,
                                  from.start, from.lso, from.lso_since, from.unread_since});
    const auto produced = from.history.produced_per_second(last_minutes);
    if (produced) report->produced_per_second = report->produced_per_second.value_or(0) + *produced;
  }
  return report;
}

}  // namespace

Topic& TopicTable::find_or_add(std::string_view name) {
  touch();
  auto found = topics_.find(name);
  if (found == topics_.end()) {
    found = topics_.emplace(std::string(name), std::make_unique<Topic>()).first;
    found->second->name = found->first;
  }
  return *found->second;
}

Topic* TopicTable::find(std::string_view name) {
  touch();
  const auto found = topics_.find(name);
  return found == topics_.end() ? nullptr : found->second.get();
}

const Policy& TopicTable::policy(Topic& topic) const {
  if (topic.policy == nullptr) topic.policy = &policy_of_(topic.name);
  return *topic.policy;
}

void TopicTable::grow(Topic& topic, std::size_t size) {
  topic.partitions.resize(size);
  topic.changed = true;
}

bool TopicTable::apply(const TopicsSeen& seen) {
  touch();
  bool changed = false;
  list_known_ = true;
  std::set<std::string_view> names;
  for (const TopicSeen& each : seen.topics) {
    names.insert(each.topic.get());
    Topic& topic = find_or_add(each.topic.get());
    const std::size_t before = topic.partitions.size();
    if (each.partitions > 0) {
      partition(topic, PartitionId{each.partitions - 1});
      shrink(topic, each.partitions);
    }
    changed = changed || !topic.listed || topic.partitions.size() != before;
    topic.listed = true;
  }
  for (auto at = topics_.begin(); at != topics_.end();) {
    Topic& topic = *at->second;
    if (names.contains(at->first)) {
      ++at;
      continue;
    }
    const bool kept = is_read(topic);
    changed = changed || topic.listed || !kept;
    topic.listed = false;
    at = kept ? std::next(at) : topics_.erase(at);
  }
  changes_ += changed ? 1 : 0;
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
  touch();
  for (auto& [name, topic] : topics_) {
    for (TopicPartition& partition : topic->partitions) {
      partition.history.move_in_time(by);
      for (LogEnd& end : partition.recent) end.at += by;
      if (partition.lso_since) *partition.lso_since += by;
      partition.released.move_in_time(by);
      if (partition.unread_since) *partition.unread_since += by;
      if (partition.read_at != Instant::min()) partition.read_at += by;
      partition.starts.move_in_time(by);
    }
    if (topic->unread_since) *topic->unread_since += by;
    topic->changed = true;
  }
}

Topic* TopicTable::of_log_ends(std::string_view name) {
  if (list_known_) return find(name);
  Topic& topic = find_or_add(name);
  topic.listed = true;
  return &topic;
}

void TopicTable::forget() {
  topics_.clear();
  list_known_ = false;
  ++changes_;
  touch();
}

bool TopicTable::drop_if_gone(const Topic& topic) {
  if (topic.listed || is_read(topic)) return false;
  topics_.erase(topics_.find(topic.name));
  ++changes_;
  touch();
  return true;
}

const TopicList& TopicTable::reports() {
  if (!std::exchange(touched_, false)) return reports_;
  TopicList::Items out;
  out.reserve(topics_.size());
  for (const auto& [name, topic] : topics_) {
    if (!topic->listed) continue;
    if (topic->changed || !topic->report) topic->report = make_report(*topic, policy(*topic));
    topic->changed = false;
    out.push_back(topic->report);
  }
  reports_ = std::move(out);
  return reports_;
}

}  // namespace tidemark
