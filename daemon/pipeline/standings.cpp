#include "daemon/pipeline/standings.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

void add_once(std::vector<std::int32_t>& to, std::int32_t broker) {
  if (broker < 0 || (!to.empty() && to.back() == broker)) return;
  if (std::find(to.begin(), to.end(), broker) == to.end()) to.push_back(broker);
}

// Since when a partition is in trouble, where the partition itself tells; else since it was first
// seen to be.
Instant bad_since(const PartitionReport& partition, Instant first_seen) {
  switch (partition.status) {
    case PartitionStatus::stopped:
      return std::max(partition.committed_at,
                      partition.unread_since.value_or(partition.committed_at));
    case PartitionStatus::stalled:
      return partition.unread_since.value_or(first_seen);
    default:
      return first_seen;
  }
}

// Of several partitions the one in the middle speaks for the topic: one may be dead for weeks.
Instant middle_of(std::vector<Instant>& instants) {
  const auto middle = instants.begin() + static_cast<std::ptrdiff_t>(instants.size() / 2);
  std::nth_element(instants.begin(), middle, instants.end());
  return *middle;
}

}  // namespace

bool is_bad(const PartitionReport& partition) {
  const GroupStatus status = contribution(partition);
  return status == GroupStatus::error || status == GroupStatus::warning;
}

void Standings::note_members(Group& group, const GroupReport& next, Instant broker_now) const {
  if (sight_.starting(group)) return;
  // What came while the past was read says nothing of when.
  if (!group.arrivals.watching()) group.arrivals.watch(false);
  const SharedList<MemberReport> before =
      group.report ? group.report->members : SharedList<MemberReport>{};
  if (group.arrivals.knows_who() && before.shares_with(next.members)) return;
  group.arrivals.changed(before, next.members, broker_now);
}

void Standings::note(Group& group, const GroupReport& next, Instant broker_now) {
  note_members(group, next, broker_now);
  Standing now;
  now.well = next.status == GroupStatus::ok && !next.stale;
  // Who is well has no bad partition, and reads from the same brokers as before.
  if (now.well && group.standing.well && !group.whole) return;
  for (const TopicOfGroup& judged : next.topics) add_topic(group, judged, broker_now, now);
  if (next.stale) now.blind = blind_for(group, next, broker_now);
  neighbours_.change(group.standing, now);
  group.standing = std::move(now);
}

void Standings::forget(Group& group) {
  neighbours_.change(group.standing, {});
  group.standing = {};
}

void Standings::add_topic(const Group& group, const TopicOfGroup& judged, Instant broker_now,
                          Standing& to) const {
  const auto reading = group.readings.find(judged.topic.get());
  if (reading == group.readings.end()) return;
  const Topic& topic = *reading->second.topic;
  const Instant first_seen = group.standing.bad_since(topic.name).value_or(broker_now);
  std::vector<Instant> bad;
  for (const PartitionReport& partition : judged.partitions) {
    const auto at = static_cast<std::size_t>(partition.partition.get());
    if (!partition.committed || at >= topic.partitions.size()) continue;
    add_once(to.brokers, topic.partitions[at].leader);
    if (to.well || !is_bad(partition)) continue;
    add_once(to.bad_brokers, topic.partitions[at].leader);
    bad.push_back(bad_since(partition, first_seen));
  }
  if (!bad.empty()) to.bad_topics.emplace_back(topic.name, middle_of(bad));
}

// The first of what a verdict needs that was not seen for too long.
std::string Standings::blind_for(Group& group, const GroupReport& next, Instant broker_now) const {
  if (sight_.starting(group)) return "";
  const LinkState link = sight_.link.state;
  if (link != LinkState::connected && link != LinkState::connecting) return "the brokers";
  const Instant limit = broker_now - stale_refreshes * refresh_;
  const auto until = sight_.read_until(group);
  if (!until || *until < limit) {
    return "offsets partition " + std::to_string(sight_.offsets_partition(group));
  }
  for (const TopicOfGroup& judged : next.topics) {
    for (const PartitionReport& each : judged.partitions) {
      if (each.committed && each.stale) {
        return "the log end of " + judged.topic.get() + "-" + std::to_string(each.partition.get());
      }
    }
  }
  return "";
}

}  // namespace tidemark
