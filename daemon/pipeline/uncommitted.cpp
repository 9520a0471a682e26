#include "daemon/pipeline/uncommitted.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/pipeline/never_committed.h"

namespace tidemark {
namespace {

std::set<std::string_view> topics_of(const std::vector<MemberReport>& members) {
  std::set<std::string_view> out;
  for (const MemberReport& member : members) {
    for (const auto& [topic, partitions] : member.assigned) out.insert(topic);
    if (!member.away) out.insert(member.subscribed.begin(), member.subscribed.end());
  }
  return out;
}

TopicOfGroup without_commits(const Topic& topic, const Policy& policy,
                             const std::vector<MemberReport>& members) {
  TopicOfGroup out;
  out.topic = TopicName{topic.name};
  out.metrics = policy.metrics;
  out.history = policy.history;
  const TopicOwnership owned = ownership(members, topic.name);
  for (std::size_t p = 0; p < topic.partitions.size(); ++p) {
    PartitionReport padding;
    padding.partition = PartitionId{static_cast<std::int32_t>(p)};
    padding.owner = owned.owner(padding.partition.get());
    out.partitions.push_back(std::move(padding));
  }
  return out;
}

// Null: not known.
std::optional<std::int64_t> readable_records(TopicTable& topics, const std::string& name,
                                             std::int32_t p) {
  const Topic* topic = topics.find(name);
  if (topic == nullptr || static_cast<std::size_t>(p) >= topic->partitions.size()) return {};
  const TopicPartition& partition = topic->partitions[static_cast<std::size_t>(p)];
  if (!partition.end || !partition.start) return {};
  return *partition.end - *partition.start;
}

}  // namespace

void add_uncommitted_topics(const Group& group, Books& books, GroupReport& report) {
  const std::size_t before = report.topics.size();
  for (const std::string_view name : topics_of(report.members)) {
    if (group.readings.contains(name)) continue;
    const Policy& policy = books.resolve(group.name, name);
    if (policy.ignore) continue;
    const Topic* topic = books.topics.find(name);
    if (topic != nullptr && topic->listed) {
      report.topics.push_back(without_commits(*topic, policy, report.members));
    } else {
      books.wants_refresh = true;
    }
  }
  if (report.topics.size() == before) return;
  std::sort(report.topics.begin(), report.topics.end(),
            [](const TopicOfGroup& a, const TopicOfGroup& b) { return a.topic < b.topic; });
}

void explain_silence(Group& group, Books& books, const ShareStates& shares, Instant broker_now,
                     GroupReport& report) {
  if (report.reason == Reason::share_group) {
    report.explanation = shares.why_unknown(group.name);
  } else if (report.reason == Reason::never_committed) {
    report.explanation =
        explain_never_committed(report, [&](const std::string& topic, std::int32_t partition) {
          return readable_records(books.topics, topic, partition);
        });
  } else {
    return;
  }
  group.note_due(broker_now + books.settings.refresh);
}

}  // namespace tidemark
