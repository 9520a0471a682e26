// What is known of a group in trouble, gathered through the whole pipeline.
#include <gmock/gmock.h>

#include "tests/pipeline/troubled_cluster.h"

namespace tidemark {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class Evidence : public TroubledCluster {
 protected:
  Evidence() {
    add_topic("orders", 4, 100);
    add_group("payments", "orders", {{0, 1}, {2, 3}});
  }
};

TEST_F(Evidence, AHealthyGroupHasNoDiagnosis) {
  begin();
  live(600);
  EXPECT_EQ(group()->status, GroupStatus::ok);
  EXPECT_EQ(group()->diagnosis, nullptr);
}

TEST_F(Evidence, MembersAreNamedAndOwnTheirPartitions) {
  begin();
  live(60);
  const GroupEvidence seen = evidence();
  ASSERT_EQ(seen.members.size(), 2U);
  EXPECT_EQ(seen.members[0].name, "payments-1");
  EXPECT_EQ(seen.members[0].host, "10.1.4.1");
  EXPECT_TRUE(seen.members[0].live);
  EXPECT_EQ(seen.members[0].assigned, 2);
  EXPECT_TRUE(seen.assignments_known);
  EXPECT_EQ(seen.has_members, true);
  EXPECT_EQ(seen.topics.at(0).partitions.at(3).owner, 1U);
  EXPECT_EQ(seen.topics.at(0).partitions.at(3).last_owner, std::nullopt);
}

TEST_F(Evidence, AMemberThatLeftIsTheLastOwner) {
  begin();
  live(60);
  leaves("payments", "payments-2");
  live(60);
  const GroupEvidence seen = evidence();
  ASSERT_EQ(seen.members.size(), 2U);
  const MemberEvidence& gone = seen.members[1];
  EXPECT_FALSE(gone.live);
  EXPECT_EQ(gone.name, "payments-2");
  EXPECT_EQ(gone.left_at, at(61)) << "seen at the next tick";
  EXPECT_EQ(gone.left, 1);
  EXPECT_EQ(seen.last_left, 1U);
  const PartitionEvidence& third = seen.topics.at(0).partitions.at(2);
  EXPECT_EQ(third.owner, std::nullopt);
  EXPECT_EQ(third.last_owner, 1U);
  EXPECT_EQ(seen.empty_since, std::nullopt) << "the other one is still there";
}

TEST_F(Evidence, WhatHappenedBeforeTheStartIsNotClaimed) {
  tell_topics();
  tell_members("payments");
  live(5);
  groups["payments"].members.clear();
  tell_members("payments");  // the offsets topic goes on telling of the past
  begin();
  live(60);
  const GroupEvidence seen = evidence();
  EXPECT_TRUE(seen.members.empty());
  EXPECT_EQ(seen.last_left, std::nullopt);
  EXPECT_EQ(seen.generations, 0);
  EXPECT_EQ(seen.empty_since, at(5)) << "the record itself says so";
}

TEST_F(Evidence, TheLastOneOutIsRemembered) {
  begin();
  live(60);
  leaves("payments", "payments-1");
  live(10);
  leaves("payments", "payments-2");
  live(60);
  const GroupEvidence seen = evidence();
  EXPECT_EQ(seen.has_members, false);
  EXPECT_EQ(seen.empty_since, at(70));
  ASSERT_TRUE(seen.last_left.has_value());
  EXPECT_EQ(seen.members.at(*seen.last_left).name, "payments-2");
  EXPECT_EQ(seen.generations, 3);
}

TEST_F(Evidence, SpeedsAreOfTheWindow) {
  topics["orders"][2].per_second = 400;
  groups["payments"].reads[2].per_second = 150;
  begin();
  live(600);
  const TopicEvidence topic = evidence().topics.at(0);
  ASSERT_TRUE(topic.partitions.at(2).produced.has_value());
  EXPECT_NEAR(topic.partitions.at(2).produced->likely, 400, 1);
  EXPECT_NEAR(topic.partitions.at(2).consumed->likely, 150, 1);
  EXPECT_NEAR(topic.partitions.at(1).consumed->likely, 100, 1);
  ASSERT_EQ(topic.produced.size(), 4U);
  EXPECT_NEAR(topic.produced[0].value(), 100, 1);
}

TEST_F(Evidence, AGroupThatStoppedReadsNothing) {
  begin();
  live(300);
  for (auto& [partition, reading] : groups["payments"].reads) reading.commits = false;
  live(900);
  const GroupEvidence seen = evidence();
  EXPECT_EQ(seen.topics.at(0).partitions.at(0).consumed->likely, 0);
  EXPECT_EQ(seen.pace.consumed_now, 0);
  EXPECT_NEAR(seen.pace.produced_now.value(), 400, 1);
}

TEST_F(Evidence, ThePaceBeforeIsThatOfTheHourBeforeTheWindow) {
  begin();
  live(3600);
  for (Partition& each : topics["orders"]) each.per_second = 900;
  for (auto& [partition, reading] : groups["payments"].reads) reading.per_second = 100;
  live(300);
  const PaceEvidence pace = evidence().pace;
  EXPECT_NEAR(pace.produced_before.value(), 400, 4);
  EXPECT_NEAR(pace.produced_now.value(), 3600, 36);
  EXPECT_NEAR(pace.consumed_before.value(), 400, 4);
  EXPECT_NEAR(pace.consumed_now.value(), 400, 8);
  EXPECT_GE(pace.before_length, minutes{59});
}

TEST_F(Evidence, RightAfterTheStartThereIsNoPaceBefore) {
  begin();
  live(400);
  const PaceEvidence pace = evidence().pace;
  EXPECT_EQ(pace.produced_before, std::nullopt) << "less than a window of it was seen";
  EXPECT_EQ(pace.consumed_before, std::nullopt);
  EXPECT_NEAR(pace.produced_now.value(), 400, 4);
}

TEST_F(Evidence, NewPartitionsAreNotComparedWithAnHourInWhichTheyWereNot) {
  begin();
  live(3600);
  topics["orders"].resize(8);
  for (Partition& each : topics["orders"]) each.per_second = 100;
  for (std::int32_t p = 4; p < 8; ++p) groups["payments"].reads[p];
  tell_topics();
  live(600);
  const PaceEvidence pace = evidence().pace;
  EXPECT_NEAR(pace.produced_before.value(), 400, 4);
  EXPECT_NEAR(pace.produced_now.value(), 400, 4) << "the four that were there all the time";
}

TEST_F(Evidence, ASetBackGroupHasNotReadBackwards) {
  begin();
  live(1800);
  for (auto& [partition, reading] : groups["payments"].reads) reading.position = 0;
  for (auto& [partition, reading] : groups["payments"].reads) reading.per_second = 200;
  live(300);
  EXPECT_NEAR(evidence().pace.consumed_now.value(), 800, 16) << "what it reads again it reads";
}

TEST_F(Evidence, OtherGroupsOnTheTopicAndOnTheBrokerAreCounted) {
  topics["orders"][0].leader = 7;
  for (const char* name : {"search", "audit", "mail"}) add_group(name, "orders", {{0, 1}});
  begin();
  live(600);
  for (const char* name : {"payments", "search", "audit"}) groups[name].reads[0].commits = false;
  live(900);
  const GroupEvidence seen = evidence();
  ASSERT_EQ(group()->status, GroupStatus::error);
  EXPECT_EQ(seen.topics.at(0).groups, 4);
  EXPECT_EQ(seen.topics.at(0).bad_groups, 3);
  EXPECT_EQ(seen.topics.at(0).bad_since_first, seen.topics.at(0).bad_since_last);
  const auto broker = [&](std::int32_t id) {
    for (const BrokerEvidence& each : seen.brokers) {
      if (each.broker == id) return each;
    }
    return BrokerEvidence{};
  };
  EXPECT_EQ(broker(7).other_groups_bad, 2);
  EXPECT_EQ(broker(7).other_groups_well, 1);
  EXPECT_EQ(broker(1).other_groups_bad, 0);
  EXPECT_EQ(broker(1).other_groups_well, 1) << "mail: the others are not well";
}

TEST_F(Evidence, WhatHidesAGroupIsNamedAndWhoElseItHides) {
  add_group("search", "orders", {{0, 1, 2, 3}});
  begin();
  live(300);
  held = offsets_partition_of("payments", offsets_partitions);
  live(120);
  const GroupEvidence seen = evidence();
  ASSERT_TRUE(group()->stale);
  EXPECT_EQ(seen.blind.what, "offsets partition " + std::to_string(held));
  const bool together = offsets_partition_of("search", offsets_partitions) == held;
  EXPECT_EQ(seen.blind.groups, together ? 2 : 1);
  ASSERT_TRUE(seen.blind.since.has_value());
  EXPECT_EQ(*seen.blind.since, at(300));
}

TEST_F(Evidence, AnUnreadableLogEndIsNamedByItsPartition) {
  begin();
  live(300);
  topics["orders"][2].hidden = true;
  live(120);
  EXPECT_EQ(evidence().blind.what, "the log end of orders-2");
  EXPECT_EQ(evidence().blind.since, at(300));
}

TEST_F(Evidence, AGroupThatIsWellAgainLosesItsDiagnosis) {
  begin();
  live(300);
  groups["payments"].reads[0].commits = false;
  live(900);
  ASSERT_NE(group()->diagnosis, nullptr);
  groups["payments"].reads[0].commits = true;
  live(120);
  EXPECT_EQ(group()->status, GroupStatus::ok);
  EXPECT_EQ(group()->diagnosis, nullptr);
}

TEST_F(Evidence, AReportThatAReaderHoldsIsNeverChanged) {
  begin();
  live(300);
  groups["payments"].reads[0].commits = false;
  live(900);
  const auto held_by_a_reader = group();
  const auto diagnosis = held_by_a_reader->diagnosis;
  live(120);
  EXPECT_EQ(held_by_a_reader->diagnosis, diagnosis);
}

}  // namespace
}  // namespace tidemark
