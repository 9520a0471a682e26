// The bytes of an observation are those that making a copy of it takes from the allocator, about.
#include "evaluator/observation_size.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "tests/support/live_bytes.h"

namespace tidemark {
namespace {

std::size_t taken_by_a_copy(const Observation& seen) {
  const std::size_t before = test::live_bytes();
  const auto copy = std::make_unique<Observation>(seen);
  return test::live_bytes() - before;
}

void expect_honest(const Observation& seen) {
  const auto taken = static_cast<double>(taken_by_a_copy(seen));
  const auto said = static_cast<double>(load_of(seen).bytes);
  EXPECT_GE(said, 0.9 * taken);
  EXPECT_LE(said, 1.4 * taken + 100);
}

std::string long_name(int i) { return "a-name-of-some-length-" + std::to_string(i); }

TEST(ObservationSize, ABatchOfCommitsIsItsBytesAndItsList) {
  OffsetsBatch batch;
  batch.bytes.assign(100'000, 'x');
  batch.commits.resize(2000);
  batch.records = 2500;
  const Load load = load_of(batch);
  EXPECT_EQ(load.items, 2500U);
  EXPECT_GE(load.bytes, 100'000 + 2000 * sizeof(CommitSeen));
  expect_honest(batch);
}

TEST(ObservationSize, SpareRoomCounts) {
  OffsetsBatch batch;
  batch.bytes.reserve(100'000);
  batch.commits.reserve(2000);
  EXPECT_GE(load_of(std::move(batch)).bytes, 100'000 + 2000 * sizeof(CommitSeen));
}

TEST(ObservationSize, AGroupOfManyMembersWeighsByItsMembers) {
  ClassicGroupSeen group;
  group.group = GroupName{"payments"};
  for (int m = 0; m < 500; ++m) {
    ClassicMember member;
    member.member_id = long_name(m);
    member.client_id = "short";
    member.client_host = "/10.0.0.1";
    for (int t = 0; t < 10; ++t) {
      member.subscribed.push_back(long_name(t));
      member.assigned[long_name(t)] = std::vector<std::int32_t>(20, 1);
    }
    group.members.push_back(std::move(member));
  }
  OffsetsBatch batch;
  batch.records = 1;
  batch.group_records.push_back({0, std::move(group)});
  EXPECT_EQ(load_of(batch).items, 1U);
  EXPECT_GT(load_of(batch).bytes, 1'000'000U);
  expect_honest(batch);
}

TEST(ObservationSize, SoDoGroupsOfTheNewerProtocols) {
  OffsetsBatch batch;
  for (int m = 0; m < 200; ++m) {
    const GroupName group{long_name(m)};
    ModernMemberSeen member;
    member.group = group;
    member.member_id = long_name(m);
    member.subscribed = {long_name(1), long_name(2)};
    batch.group_records.push_back({0, std::move(member)});
    ModernAssignmentSeen assignment;
    assignment.group = group;
    assignment.assigned = {{{}, std::vector<std::int32_t>(50, 1)}};
    assignment.tasks = {{long_name(3), std::vector<std::int32_t>(50, 1)}};
    batch.group_records.push_back({0, std::move(assignment)});
    batch.group_records.push_back({0, RegexSeen{group, long_name(4), false, {long_name(5)}}});
    StreamsTopologySeen topology{group, false, {{long_name(6), {long_name(7)}, false}}};
    batch.group_records.push_back({0, std::move(topology)});
    batch.group_records.push_back({0, TopicIdsSeen{{{TopicUuid{}, long_name(8)}}}});
  }
  batch.group_records.shrink_to_fit();
  expect_honest(batch);
}

TEST(ObservationSize, WhatIsPolledCountsByPartitionAndTopic) {
  LogEndsSeen ends;
  TopicsSeen topics;
  TopicSettingsSeen settings;
  for (int t = 0; t < 300; ++t) {
    ends.topics.push_back({TopicName{long_name(t)}, std::vector<PartitionOffsets>(20)});
    topics.topics.push_back({TopicName{long_name(t)}, 20});
    settings.topics.push_back({TopicName{long_name(t)}, {}});
  }
  ends.topics.shrink_to_fit();
  topics.topics.shrink_to_fit();
  settings.topics.shrink_to_fit();
  ends.offsets_topic.resize(50);
  EXPECT_EQ(load_of(ends).items, 6050U);
  EXPECT_EQ(load_of(topics).items, 300U);
  EXPECT_EQ(load_of(settings).items, 300U);
  expect_honest(ends);
  expect_honest(topics);
  expect_honest(settings);
}

TEST(ObservationSize, SmallThingsCountAsOne) {
  EXPECT_EQ(load_of(LinkSeen{}).items, 1U);
  EXPECT_EQ(load_of(OffsetsBatch{}).items, 1U) << "positions alone";
  EXPECT_EQ(load_of(ShareStateBatch{}).items, 1U);
  ProbeSeen probe;
  probe.problem = std::string(200, 'x');
  EXPECT_GE(load_of(probe).bytes, sizeof(Observation) + 200);
  CatchUpGoal goal{std::vector<OffsetsPosition>(50), std::vector<OffsetsPosition>(50)};
  expect_honest(goal);
}

}  // namespace
}  // namespace tidemark
