#include "daemon/pipeline/evidence_gatherer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "daemon/pipeline/evidence_parts.h"
#include "daemon/pipeline/standings.h"

namespace tidemark {
namespace {

constexpr int slack_refreshes = 3;

bool is_member_of(const std::vector<std::int32_t>& brokers, std::int32_t broker) {
  return std::find(brokers.begin(), brokers.end(), broker) != brokers.end();
}

}  // namespace

GroupEvidence EvidenceGatherer::gather(Group& group, Instant broker_now) {
  const GroupReport& report = *group.report;
  const Policy& policy = books_.resolve(group.name, "");
  const MemberTable members(report.members, group.arrivals, broker_now - policy.window);

  GroupEvidence out;
  out.now = broker_now;
  out.cluster = books_.settings.cluster;
  out.bootstrap = books_.settings.bootstrap;
  out.group = group.name;
  out.kind = report.kind;
  out.status = report.status;
  out.reason = report.reason;
  out.window = policy.window;
  add_members(group, members, out);
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

void EvidenceGatherer::add_members(const Group& group, const MemberTable& members,
                                   GroupEvidence& to) const {
  to.has_members = group.membership.has_members();
  if (to.has_members == false) {
    to.empty_since = group.membership.empty_since();
    if (!to.empty_since) to.empty_since = group.arrivals.empty_since();
  }
  to.assignments_known = members.assignments_known();
  to.members = members.members();
  to.last_left = members.last_left();
}

void EvidenceGatherer::add_topic(GroupEvidence& to, const Reading& reading,
                                 const TopicOfGroup& judged, const MemberTable& members) {
  const Topic& topic = *reading.topic;
  TopicEvidence out;
  out.topic = judged.topic;
  const auto& speeds = speeds_.of(topic, reading.policy->window, to.now);
  add_partitions(reading, judged, members, to.now, speeds, out);
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

void EvidenceGatherer::add_partitions(const Reading& reading, const TopicOfGroup& judged,
                                      const MemberTable& members, Instant broker_now,
                                      const std::vector<TopicSpeeds::Of>& speeds,
                                      TopicEvidence& to) {
  auto slot = reading.slots.begin();  // as `judged`, unless some came or went since
  to.partitions.reserve(reading.slots.size());
  for (const PartitionReport& each : judged.partitions) {
    if (!each.committed) continue;
    const std::int32_t number = each.partition.get();
    while (slot != reading.slots.end() && slot->partition < number) ++slot;
    if (slot == reading.slots.end() || slot->partition != number) continue;
    books_.slots.load(slot->slot, history_);
    PartitionEvidence partition = of_partition(*reading.topic, each, members);
    partition.produced = speeds[static_cast<std::size_t>(number)];
    const Duration horizon = std::max(reading.policy->window, patience(history_, *reading.policy));
    partition.consumed = speed_consumed(history_, horizon, broker_now);
    to.partitions.push_back(std::move(partition));
  }
}

// Its window is in `history_`.
PartitionEvidence EvidenceGatherer::of_partition(const Topic& topic, const PartitionReport& judged,
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
  out.standing_since = history_.committed() ? history_.standing() : judged.committed_at;
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

PaceEvidence EvidenceGatherer::pace(const Group& group, Duration window, Instant broker_now) {
  std::vector<const LogEndHistory*> ends;
  for (const auto& [topic, reading] : group.readings) {
    for (const auto& [partition, slot] : reading.slots) {
      ends.push_back(&books_.slots.info(slot).at().history);
    }
  }
  return pace_of(ends, group.read, window, slack_refreshes * books_.settings.refresh, broker_now);
}

std::vector<BrokerEvidence> EvidenceGatherer::brokers(const Group& group) const {
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

BlindEvidence EvidenceGatherer::blindness(Group& group, Instant broker_now) {
  BlindEvidence out;
  out.what = group.standing.blind;
  if (out.what.empty()) return out;
  out.groups = neighbours_.blind_for(out.what);
  Instant seen = broker_now;
  if (const auto until = sight_.read_until(group)) seen = std::min(seen, *until);
  for (const auto& [topic, reading] : group.readings) {
    for (const auto& [partition, slot] : reading.slots) {
      const LogEndHistory& ends = books_.slots.info(slot).at().history;
      if (!ends.empty()) seen = std::min(seen, ends.newest().at);
    }
  }
  out.since = seen;
  return out;
}

}  // namespace tidemark
