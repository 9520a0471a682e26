// Gathers what is known of a group in trouble: evidence for causes and forecasts.
#include <algorithm>
#include <utility>

#include "daemon/pipeline/cluster_state.h"
#include "daemon/pipeline/evidence_parts.h"

namespace tidemark {
namespace {

constexpr int slack_refreshes = 3;

bool is_bad(const PartitionReport& partition) {
  const GroupStatus status = contribution(partition);
  return status == GroupStatus::error || status == GroupStatus::warning;
}

bool is_member_of(const std::vector<std::int32_t>& brokers, std::int32_t broker) {
  return std::find(brokers.begin(), brokers.end(), broker) != brokers.end();
}

}  // namespace

std::optional<GroupEvidence> ClusterState::evidence(std::string_view name, Instant now) {
  const auto found = groups_.find(name);
  if (found == groups_.end()) return std::nullopt;
  if (to_be_judged(found->second, now)) judge_group(found->second, now);
  seen_by_others();
  return gather(found->second, now - shift_.get());
}

GroupEvidence ClusterState::gather(Group& group, Instant broker_now) {
  const GroupReport& report = *group.report;
  const Policy& policy = resolve(group.name, "");
  const MemberTable members(report.members, group.arrivals, broker_now - policy.window);

  GroupEvidence out;
  out.now = broker_now;
  out.cluster = settings_.cluster;
  out.bootstrap = settings_.bootstrap;
  out.group = group.name;
  out.kind = report.kind;
  out.status = report.status;
  out.reason = report.reason;
  out.window = policy.window;
  out.has_members = group.membership.has_members();
  if (out.has_members == false) {
    out.empty_since = group.membership.empty_since();
    if (!out.empty_since) out.empty_since = group.arrivals.empty_since();
  }
  out.assignments_known = members.assignments_known();
  out.members = members.members();
  out.last_left = members.last_left();
  out.topics.reserve(report.topics.size());
  for (const TopicOfGroup& judged : report.topics) {
    const auto reading = group.readings.find(judged.topic.get());
    if (reading != group.readings.end()) add_topic(out, reading->second, judged, members);
  }
  out.pace = pace(group, policy.window, broker_now);
  out.generations = group.generations.begun(broker_now, policy.window);
  out.brokers = brokers(group);
  out.blind = blindness(group, broker_now);
  return out;
}

void ClusterState::add_topic(GroupEvidence& to, const Reading& reading, const TopicOfGroup& judged,
                             const MemberTable& members) {
  const Topic& topic = *reading.topic;
  TopicEvidence out;
  out.topic = judged.topic;
  const auto& speeds = speeds_.of(topic, reading.policy->window, to.now);
  auto slot = reading.slots.begin();  // as `judged`, unless some came or went since
  out.partitions.reserve(reading.slots.size());
  for (const PartitionReport& each : judged.partitions) {
    if (!each.committed) continue;
    const std::int32_t number = each.partition.get();
    while (slot != reading.slots.end() && slot->partition < number) ++slot;
    if (slot == reading.slots.end() || slot->partition != number) continue;
    load(slot->slot, scratch_);
    PartitionEvidence partition = of_partition(topic, each, members);
    partition.produced = speeds[static_cast<std::size_t>(number)];
    const Duration horizon = std::max(reading.policy->window, patience(scratch_, *reading.policy));
    partition.consumed = speed_consumed(scratch_, horizon, to.now);
    out.partitions.push_back(std::move(partition));
  }
  out.produced.reserve(speeds.size());
  for (const TopicSpeeds::Of& speed : speeds) {
    out.produced.push_back(speed ? std::optional(speed->likely) : std::nullopt);
  }
  out.settings_known = topic.settings.has_value();
  if (topic.settings) out.settings = *topic.settings;
  out.groups = topic.groups;
  const TogetherBad bad =
      neighbours_.bad_on_topic(topic.name, reading.group->standing.bad_since(topic.name));
  out.bad_groups = bad.groups;
  out.bad_since_first = bad.first;
  out.bad_since_last = bad.last;
  to.topics.push_back(std::move(out));
}

// Its window is in `scratch_`.
PartitionEvidence ClusterState::of_partition(const Topic& topic, const PartitionReport& judged,
                                             const MemberTable& members) const {
  const TopicPartition& seen = topic.partitions[static_cast<std::size_t>(judged.partition.get())];
  PartitionEvidence out;
  out.partition = judged.partition;
  out.status = judged.status;
  out.reason = judged.reason;
  out.bad = is_bad(judged);
  out.owner = members.owner(judged.owner);
  out.last_owner = members.last_owner(topic.name, judged.partition.get());
  out.committed_offset = judged.committed_offset;
  out.committed_at = judged.committed_at;
  out.standing_since = scratch_.committed() ? scratch_.standing() : judged.committed_at;
  out.lag = judged.lag;
  out.unread_since = judged.unread_since;
  out.leader = seen.leader;
  out.log_end = seen.end;
  out.log_start = seen.start;
  if (topic.settings && topic.settings->retention_bytes) {
    out.fits = seen.starts.fits(topic.settings->retention);
  }
  out.lso = seen.lso;
  out.lso_since = seen.lso_since;
  return out;
}

PaceEvidence ClusterState::pace(const Group& group, Duration window, Instant broker_now) {
  std::vector<const LogEndHistory*> ends;
  for (const auto& [topic, reading] : group.readings) {
    for (const auto& [partition, slot] : reading.slots) {
      ends.push_back(&partition_of(info(slot)).history);
    }
  }
  return pace_of(ends, group.read, window, slack_refreshes * settings_.refresh, broker_now);
}

std::vector<BrokerEvidence> ClusterState::brokers(const Group& group) const {
  std::vector<BrokerEvidence> out;
  const Standing& own = group.standing;
  for (const std::int32_t broker : own.brokers) {
    const int self_bad = is_member_of(own.bad_brokers, broker) ? 1 : 0;
    const int self_well = own.well ? 1 : 0;
    out.push_back(
        {broker, neighbours_.bad_on(broker) - self_bad, neighbours_.well_on(broker) - self_well});
  }
  return out;
}

BlindEvidence ClusterState::blindness(Group& group, Instant broker_now) {
  BlindEvidence out;
  out.what = group.standing.blind;
  if (out.what.empty()) return out;
  out.groups = neighbours_.blind_for(out.what);
  Instant seen = broker_now;
  if (const auto until = freshness_.read_until(offsets_partition(group))) {
    seen = std::min(seen, *until - shift_.get());
  }
  for (const auto& [topic, reading] : group.readings) {
    for (const auto& [partition, slot] : reading.slots) {
      const LogEndHistory& ends = partition_of(info(slot)).history;
      if (!ends.empty()) seen = std::min(seen, ends.newest().at);
    }
  }
  out.since = seen;
  return out;
}

}  // namespace tidemark
