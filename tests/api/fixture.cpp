#include "tests/api/fixture.h"

#include <algorithm>

namespace tidemark::test {

namespace {

PartitionReport partition(int id, const PartitionSpec& spec) {
  PartitionReport out;
  out.partition = PartitionId(id);
  out.owner = spec.owner;
  if (!spec.committed) return out;
  out.committed = true;
  out.status = spec.status;
  out.reason = spec.reason;
  out.samples = static_cast<std::uint8_t>(spec.samples);
  out.intervals = 10;
  out.committed_offset = Offset(spec.offset);
  out.committed_at = from_ms(kNow - spec.commit_age);
  out.lag = spec.lag;
  if (spec.lag.value_or(0) > 0 && spec.waiting_ms >= 0) {
    out.unread_since = from_ms(kNow - spec.waiting_ms);
  }
  if (!spec.sentence.empty()) out.why = Grounds(spec.sentence);
  return out;
}

}  // namespace

PartitionSpec never_committed() {
  PartitionSpec out;
  out.committed = false;
  return out;
}

MemberReport member(std::string id, std::string client_id, std::string host) {
  MemberReport out;
  out.member_id = std::move(id);
  out.client_id = std::move(client_id);
  out.client_host = std::move(host);
  return out;
}

std::shared_ptr<GroupReport> group(std::string name, const std::vector<TopicSpec>& topics,
                                   std::vector<MemberReport> members) {
  auto out = std::make_shared<GroupReport>();
  out->name = GroupName(std::move(name));
  out->kind = GroupKind::classic;
  out->state = members.empty() ? "Empty" : "Stable";
  out->generation = 7;
  out->protocol_type = "consumer";
  out->status_since = from_ms(kNow - 60'000);
  for (const TopicSpec& spec : topics) {
    TopicOfGroup& topic = out->topics.emplace_back();
    topic.topic = TopicName(spec.topic);
    int id = 0;
    for (const PartitionSpec& each : spec.partitions)
      topic.partitions.push_back(partition(id++, each));
  }
  out->members = std::move(members);
  roll_up(*out, !out->members.empty());
  return out;
}

std::shared_ptr<GroupReport> plain_group(std::string name, GroupStatus status,
                                         std::optional<std::int64_t> lag,
                                         std::optional<std::int64_t> waiting_ms) {
  auto out = std::make_shared<GroupReport>();
  out->name = GroupName(std::move(name));
  out->status = status;
  out->lag = lag;
  if (waiting_ms) out->unread_since = from_ms(kNow - *waiting_ms);
  return out;
}

std::shared_ptr<TopicReport> topic(std::string name,
                                   const std::vector<std::optional<std::int64_t>>& ends) {
  auto out = std::make_shared<TopicReport>();
  out->topic = TopicName(std::move(name));
  for (const auto& end : ends) {
    TopicPartitionReport at;
    at.partition = PartitionId(static_cast<int>(out->partitions.size()));
    at.leader = 1;
    if (end) at.end = at.lso = Offset(*end);
    if (end) at.start = Offset(0);
    out->partitions.push_back(at);
  }
  return out;
}

std::shared_ptr<ClusterReport> cluster(std::string name,
                                       std::vector<std::shared_ptr<GroupReport>> groups,
                                       std::vector<std::shared_ptr<TopicReport>> topics) {
  auto out = std::make_shared<ClusterReport>();
  out->cluster = ClusterName(std::move(name));
  out->cluster_id = "id-1";
  out->bootstrap = "kafka-1:9092,kafka-2:9092";
  out->brokers = 3;
  out->as_of = out->as_of_broker = from_ms(kNow);
  out->health.link.state = LinkState::connected;
  out->health.caught_up = true;
  std::sort(groups.begin(), groups.end(),
            [](const auto& a, const auto& b) { return a->name < b->name; });
  std::sort(topics.begin(), topics.end(),
            [](const auto& a, const auto& b) { return a->topic < b->topic; });
  for (auto& group : groups) out->groups.push_back(std::move(group));
  for (auto& topic : topics) out->topics.push_back(std::move(topic));
  return out;
}

PartitionWindow window(std::string topic, int partition, WindowSamples samples) {
  PartitionWindow out;
  out.topic = TopicName(std::move(topic));
  out.partition = PartitionId(partition);
  out.samples = std::move(samples);
  out.patience = Duration{300'000};
  return out;
}

WindowSample sample(std::int64_t offset, std::int64_t ago_ms, std::optional<std::int64_t> lag) {
  return {Offset(offset), from_ms(kNow - ago_ms), lag};
}

Result<GroupDetail> FakeView::detail(std::string_view name, std::string_view group, bool) {
  if (busy) return Error{"the pipeline did not answer within 1 s"};
  GroupDetail out;
  const auto held = windows.find(std::string(group));
  if (held != windows.end()) out.windows = held->second;
  for (const auto& cluster : shown) {
    const GroupReport* found = cluster->find_group(group);
    if (found == nullptr || cluster->cluster.get() != name) continue;
    for (const auto& each : cluster->groups) {
      if (each.get() == found) out.report = each;
    }
  }
  return out;
}

std::string Handlers::streamed(const HttpReply& reply) {
  std::string out;
  reply.stream([&](std::string_view piece) {
    out += piece;
    return true;
  });
  return out;
}

}  // namespace tidemark::test
