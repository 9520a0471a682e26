#include "tests/evaluator/scene.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

namespace tidemark::test {
namespace {

MemberEvidence live_member(int number) {
  MemberEvidence out;
  out.name = "payments-" + std::to_string(number);
  out.member_id = out.name + "-4f1c";
  out.host = "10.1.4." + std::to_string(number + 4);
  out.live = true;
  return out;
}

PartitionEvidence well_partition(int number) {
  PartitionEvidence out;
  out.partition = PartitionId{number};
  out.status = PartitionStatus::ok;
  out.reason = Reason::keeping_up;
  out.owner = static_cast<std::size_t>(number / 3);
  out.committed_offset = Offset{1'000'000};
  out.committed_at = utc(2, 27, 58);
  out.standing_since = utc(2, 27, 58);
  out.lag = 100;
  out.unread_since = utc(2, 27, 59);
  out.leader = 1 + number % 3;
  out.log_end = Offset{1'000'100};
  out.log_start = Offset{0};
  out.lso = Offset{1'000'100};
  out.produced = out.consumed = Speed{90, 100, 110};
  return out;
}

}  // namespace

Instant utc(int hour, int minute, int second) {
  using namespace std::chrono;
  return sys_days{year{2026} / 11 / 21} + hours{hour} + minutes{minute} + seconds{second};
}

Scene::Scene() {
  evidence.now = utc(2, 28);
  evidence.cluster = "PROD";
  evidence.bootstrap = "kafka1:9092";
  evidence.group = "payments";
  evidence.kind = GroupKind::classic;
  evidence.status = GroupStatus::ok;
  evidence.reason = Reason::keeping_up;
  evidence.window = minutes{5};
  evidence.has_members = true;
  evidence.assignments_known = true;
  for (int i = 0; i < 4; ++i) evidence.members.push_back(live_member(i));
  TopicEvidence topic;
  topic.topic = TopicName{"orders"};
  for (int i = 0; i < 12; ++i) {
    topic.partitions.push_back(well_partition(i));
    topic.produced.emplace_back(100);
  }
  topic.settings.retention = hours{168};
  topic.settings_known = true;
  topic.groups = 1;
  evidence.topics.push_back(topic);
  evidence.pace = {1200, 1200, 1200, 1200, hours{1}};
  evidence.brokers = {{1, 0, 9}, {2, 0, 9}, {3, 0, 9}};
}

Scene& Scene::stopped(std::initializer_list<std::size_t> partitions, Instant last_commit) {
  evidence.status = GroupStatus::error;
  evidence.reason = Reason::stopped;
  for (const std::size_t each : partitions) {
    PartitionEvidence& p = at(each);
    p.status = PartitionStatus::stopped;
    p.reason = Reason::stopped;
    p.bad = true;
    p.committed_at = p.standing_since = last_commit;
    p.unread_since = last_commit + seconds{1};
    p.lag = 84'000;
  }
  return *this;
}

Scene& Scene::stalled(std::size_t partition, Instant since) {
  stopped({partition}, since);
  evidence.reason = at(partition).reason = Reason::stalled;
  at(partition).status = PartitionStatus::stalled;
  at(partition).committed_at = utc(2, 27, 58);
  at(partition).committed_offset = Offset{123'456};
  return *this;
}

Scene& Scene::behind(std::initializer_list<std::size_t> partitions) {
  evidence.status = GroupStatus::warning;
  evidence.reason = Reason::falling_behind;
  for (const std::size_t each : partitions) {
    PartitionEvidence& p = at(each);
    p.reason = Reason::falling_behind;
    p.bad = true;
    p.lag = 60'000;
    p.unread_since = utc(2, 18);
    p.consumed = Speed{45, 50, 55};
  }
  return *this;
}

Scene& Scene::blocked(std::size_t partition, Instant since) {
  evidence.status = GroupStatus::warning;
  evidence.reason = Reason::blocked_by_transaction;
  PartitionEvidence& p = at(partition);
  p.reason = Reason::blocked_by_transaction;
  p.bad = true;
  p.committed_offset = Offset{991'204};
  p.committed_at = p.standing_since = since;
  p.unread_since = since;
  p.lso = Offset{991'204};
  p.log_end = Offset{1'000'100};
  p.lag = 8896;
  p.lso_since = since;
  return *this;
}

std::optional<Finding> Scene::finding(FindingKind kind) const {
  for (const Finding& each : findings()) {
    if (each.kind == kind) return each;
  }
  return std::nullopt;
}

void PrintTo(const CauseStory& story, std::ostream* out) { *out << story.name; }

void expect_story(const CauseStory& story) {
  Scene scene;
  EXPECT_TRUE(scene.findings().empty()) << "all is well";
  story.tell(scene);
  const auto found = scene.finding(story.kind);
  ASSERT_TRUE(found) << to_string(story.kind);
  EXPECT_EQ(found->sentence, story.sentence);
  EXPECT_EQ(found->next_step, story.next_step);
  for (const CauseStory::Without& each : story.without) {
    Scene changed = scene;
    each.change(changed);
    EXPECT_FALSE(changed.finding(story.kind)) << each.what;
  }
}

}  // namespace tidemark::test
