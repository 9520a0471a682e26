#include "daemon/pipeline/reader_census.h"

#include <algorithm>
#include <utility>

#include "core/pattern.h"

namespace tidemark {
namespace {

constexpr Duration written_within = std::chrono::hours{1};

// The first record that nobody has read; `read` is whether somebody does now.
void note_unread(TopicPartition& partition, bool read, Instant now) {
  if (read) partition.read_at = now;
  const auto written = partition.history.last_rise();
  const bool unread =
      !read && written && *written > partition.read_at && now - *written <= written_within;
  if (!unread) {
    partition.unread_since.reset();
  } else if (!partition.unread_since) {
    partition.unread_since = written;
  }
}

}  // namespace

void ReaderCensus::take(const GroupList& groups, Instant now, bool sure) {
  topics_.each([&](Topic& topic) {
    if (topic.listed) seen_.emplace(topic.name, Seen{&topic});
  });
  for (const auto& group : groups) {
    count(*group);
    pauses_.worked();
  }
  for (auto& [name, seen] : seen_) note(seen, now, sure);
  seen_.clear();
  matches_.clear();
}

void ReaderCensus::count(const GroupReport& group) {
  for (const TopicOfGroup& topic : group.topics) count(topic.topic.get(), group, false);
  for (const MemberReport& member : group.members) {
    if (!member.away) count_member(group, member);
  }
}

void ReaderCensus::count_member(const GroupReport& group, const MemberReport& member) {
  for (const auto& [topic, partitions] : member.assigned) count(topic, group, true);
  for (const std::string& topic : member.subscribed) count(topic, group, true);
  if (member.subscribed_regex.empty()) return;
  for (const std::string_view topic : matching(member.subscribed_regex)) count(topic, group, true);
}

void ReaderCensus::count(std::string_view topic, const GroupReport& group, bool by_member) {
  const auto found = seen_.find(topic);
  if (found == seen_.end()) return;
  Seen& seen = found->second;
  seen.by_members = seen.by_members || by_member;
  if (std::exchange(seen.newest, &group) != &group) ++seen.readers;
}

const std::vector<std::string_view>& ReaderCensus::matching(const std::string& expression) {
  const auto [at, added] = matches_.try_emplace(expression);
  if (!added) return at->second;
  const auto pattern = Pattern::compile(expression);
  if (!pattern) return at->second;  // of a dialect that can't be followed
  for (const auto& [name, seen] : seen_) {
    if (pattern.value().matches(name)) at->second.push_back(name);
  }
  return at->second;
}

void ReaderCensus::note(Seen& seen, Instant now, bool sure) const {
  Topic& topic = *seen.topic;
  std::optional<Instant> oldest;
  for (TopicPartition& partition : topic.partitions) {
    note_unread(partition, !sure || seen.by_members || !partition.readers.empty(), now);
    const auto& since = partition.unread_since;
    if (since) oldest = std::min(oldest.value_or(*since), *since);
  }
  pauses_.worked(topic.partitions.size());
  if (seen.readers > 0) oldest.reset();
  bool reported = false;
  if (oldest) {
    const Policy& policy = topics_.policy(topic);
    reported = policy.report_unread && !policy.ignore && now - *oldest >= policy.patience_unknown;
  }
  // Production that ceases changes no log end, but its rate.
  const bool running = topic.report && topic.report->produced_per_second.value_or(0) > 0;
  topic.changed = topic.changed || running || topic.reader_groups != seen.readers ||
                  topic.unread_since != oldest || topic.unread_reported != reported;
  topic.reader_groups = seen.readers;
  topic.unread_since = oldest;
  topic.unread_reported = reported;
}

}  // namespace tidemark
