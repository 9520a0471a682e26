#include "evaluator/report.h"

#include <algorithm>

namespace tidemark {
namespace {

// Null if the range, sorted by `name_of`, holds none of this name.
template <class List, class NameOf>
auto find_by_name(const List& sorted, std::string_view name, NameOf name_of)
    -> decltype(sorted.front().get()) {
  const auto found = std::lower_bound(
      sorted.begin(), sorted.end(), name,
      [&](const auto& each, std::string_view wanted) { return name_of(*each) < wanted; });
  if (found == sorted.end() || name_of(**found) != name) return nullptr;
  return found->get();
}

std::optional<Duration> waited(Reason reason, std::optional<std::int64_t> lag,
                               std::optional<Instant> since, Instant now) {
  if (!lag || is_burrow(reason)) return std::nullopt;
  if (*lag == 0) return Duration{0};
  if (!since) return std::nullopt;
  return std::max(now - *since, Duration{0});
}

}  // namespace

std::optional<Duration> PartitionReport::time_lag(Instant now) const {
  return waited(reason, lag, unread_since, now);
}

std::string PartitionReport::explanation(Instant now) const {
  if (why) return why->text();
  std::optional<Duration> commit_age;
  if (committed) commit_age = std::max(now - committed_at, Duration{0});
  return plain_explanation(reason, lag, time_lag(now), commit_age);
}

double PartitionReport::complete() const {
  return intervals == 0 ? 0.0 : static_cast<double>(samples) / intervals;
}

std::optional<Duration> GroupReport::time_lag(Instant now) const {
  if (time_lag_unknown) return std::nullopt;
  return waited(reason, lag, unread_since, now);
}

const GroupReport* ClusterReport::find_group(std::string_view name) const {
  return find_by_name(
      groups, name, [](const GroupReport& group) -> std::string_view { return group.name.get(); });
}

const TopicReport* ClusterReport::find_topic(std::string_view name) const {
  return find_by_name(
      topics, name, [](const TopicReport& topic) -> std::string_view { return topic.topic.get(); });
}

}  // namespace tidemark
