#include "collectors/log_end_memory.h"

#include <set>

namespace tidemark {

void LogEndMemory::note_start(const std::string& topic, std::int32_t partition, Offset start) {
  const auto at = static_cast<std::size_t>(partition);
  const MutexLock lock(mutex_);
  auto& starts = starts_[topic];
  if (at >= starts.size()) starts.resize(at + 1);
  starts[at] = start;
}

std::optional<Offset> LogEndMemory::start(const std::string& topic, std::int32_t partition) const {
  const auto at = static_cast<std::size_t>(partition);
  const MutexLock lock(mutex_);
  const auto found = starts_.find(topic);
  if (found == starts_.end() || at >= found->second.size()) return std::nullopt;
  return found->second[at];
}

void LogEndMemory::keep_only(const ClusterPlan& plan) {
  std::set<std::string_view> names;
  for (const TopicLeaders& topic : plan.topics) names.insert(topic.name);
  const MutexLock lock(mutex_);
  std::erase_if(starts_, [&](const auto& each) { return !names.contains(each.first); });
}

bool LogEndMemory::first_bounds_of(std::int32_t offsets_partition) {
  const auto at = static_cast<std::size_t>(offsets_partition);
  const MutexLock lock(mutex_);
  if (at >= bounds_told_.size()) bounds_told_.resize(at + 1);
  if (bounds_told_[at]) return false;
  bounds_told_[at] = true;
  return true;
}

}  // namespace tidemark
