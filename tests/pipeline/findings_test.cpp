// Why a group is in trouble, told through the whole pipeline: of each finding a story in which it
// appears, and one that differs from it in one thing, in which it does not.
#include <gmock/gmock.h>

#include "tests/pipeline/troubled_cluster.h"

namespace tidemark {
namespace {

using testing::HasSubstr;

class Findings : public TroubledCluster {
 protected:
  // Three members with two partitions each.
  void six_partitions(double per_second = 100) {
    add_topic("orders", 6, per_second);
    add_group("payments", "orders", {{0, 1}, {2, 3}, {4, 5}});
  }
  // For five minutes, which is what comes before most troubles.
  void six_partitions_read_well() {
    six_partitions();
    begin();
    live(300);
  }

  void expect_said(FindingKind kind, const std::string& what) {
    const Finding* said = finding(kind);
    ASSERT_NE(said, nullptr) << everything();
    EXPECT_THAT(said->sentence, HasSubstr(what));
  }
  void expect_unsaid(FindingKind kind) { EXPECT_EQ(finding(kind), nullptr) << everything(); }

  [[nodiscard]] std::string everything() const {
    const auto of = group();
    std::string out = std::string(to_string(of->status)) + ": " + of->explanation;
    if (!of->diagnosis) return out + "\nno diagnosis";
    for (const Finding& each : of->diagnosis->findings) out += "\n" + each.sentence;
    return out;
  }
};

TEST_F(Findings, MonitorBlindWhenItsOffsetsPartitionCannotBeRead) {
  six_partitions_read_well();
  held = offsets_partition_of("payments", offsets_partitions);
  live(60);
  expect_said(FindingKind::monitor_blind,
              "cannot read offsets partition " + std::to_string(held) + " of PROD");
}
TEST_F(Findings, NotBlindWhenItIsThatOfOtherGroups) {
  six_partitions_read_well();
  held = (offsets_partition_of("payments", offsets_partitions) + 1) % offsets_partitions;
  live(60);
  EXPECT_EQ(group()->diagnosis, nullptr) << everything();
}

TEST_F(Findings, HangingTransactionWhenTheLastStableOffsetStands) {
  six_partitions_read_well();
  topics["orders"][0].lso = 30'000;
  live(1200);
  expect_said(FindingKind::hanging_transaction, "orders-0 has stood at 30,000");
}
TEST_F(Findings, NoTransactionWhenTheGroupStandsThereByItself) {
  six_partitions_read_well();
  groups["payments"].reads[0].moves = false;
  live(1200);
  ASSERT_EQ(group()->status, GroupStatus::error);
  expect_unsaid(FindingKind::hanging_transaction);
}

TEST_F(Findings, NoMembersWhenTheLastOneLeft) {
  six_partitions_read_well();
  for (const char* name : {"payments-1", "payments-2", "payments-3"}) leaves("payments", name);
  live(900);
  expect_said(FindingKind::no_members, "no members");
}
TEST_F(Findings, TheLastMemberIsNamed) {
  six_partitions_read_well();
  for (const char* name : {"payments-1", "payments-2", "payments-3"}) {
    leaves("payments", name);
    live(20);
  }
  live(900);
  expect_said(FindingKind::no_members, "its last one was payments-3 at 10.1.4.3");
}
TEST_F(Findings, NotWithoutMembersWhenTheyAreThereAndSilent) {
  six_partitions_read_well();
  stops("payments", {0, 1, 2, 3, 4, 5});
  live(900);
  ASSERT_EQ(group()->status, GroupStatus::error);
  expect_unsaid(FindingKind::no_members);
}

TEST_F(Findings, MemberLostWhenItsPartitionsAreNotCommittedSince) {
  six_partitions_read_well();
  leaves("payments", "payments-3");
  live(900);
  expect_said(FindingKind::member_lost,
              "2 partitions have not been committed since payments-3 at 10.1.4.3 left");
}
TEST_F(Findings, MemberLostWhenTheNewOwnerCommitsNothing) {
  six_partitions_read_well();
  leaves("payments", "payments-3");
  groups["payments"].members[0].owned = {0, 1, 4, 5};
  tell_members("payments");
  live(900);
  expect_said(FindingKind::member_lost, "since payments-3 at 10.1.4.3 left");
}
TEST_F(Findings, NotLostWhenTheMemberIsStillThere) {
  six_partitions_read_well();
  stops("payments", {4, 5});
  live(900);
  ASSERT_EQ(group()->status, GroupStatus::error);
  expect_unsaid(FindingKind::member_lost);
}

TEST_F(Findings, OneMemberWhenAllLatePartitionsAreIts) {
  six_partitions_read_well();
  stops("payments", {4, 5});
  live(900);
  expect_said(FindingKind::one_member, "belong to payments-3 at 10.1.4.3; the 2 other members");
}
TEST_F(Findings, NotOneMemberWhenAnotherIsLateToo) {
  six_partitions_read_well();
  stops("payments", {3, 4, 5});
  live(900);
  ASSERT_EQ(group()->status, GroupStatus::error);
  expect_unsaid(FindingKind::one_member);
}

TEST_F(Findings, OneHostWhenAllLatePartitionsAreOfItsMembers) {
  six_partitions();
  groups["payments"].members[1].host = "/10.1.4.3";
  begin();
  live(300);
  stops("payments", {2, 3, 4, 5});
  live(900);
  expect_said(FindingKind::one_host, "2 members at 10.1.4.3");
}
TEST_F(Findings, NotOneHostWhenTheyAreAtTwo) {
  six_partitions_read_well();
  stops("payments", {2, 3, 4, 5});
  live(900);
  ASSERT_EQ(group()->status, GroupStatus::error);
  expect_unsaid(FindingKind::one_host);
}

TEST_F(Findings, StuckRecordWhenOnePartitionStandsAndItsMemberGoesOn) {
  six_partitions_read_well();
  groups["payments"].reads[0].moves = false;
  live(900);
  expect_said(FindingKind::stuck_record, "Partition 0 of orders stands at offset 30,000");
}
TEST_F(Findings, NotStuckWhenItsMemberStandsEverywhere) {
  six_partitions_read_well();
  groups["payments"].reads[0].moves = false;
  groups["payments"].reads[1].moves = false;
  live(900);
  ASSERT_EQ(group()->status, GroupStatus::error);
  expect_unsaid(FindingKind::stuck_record);
}

TEST_F(Findings, OneBrokerWhenOtherGroupsAreLateThereToo) {
  six_partitions();
  add_group("search", "orders", {{0, 1, 2, 3, 4, 5}});
  topics["orders"][0].leader = 7;
  begin();
  live(300);
  stops("payments", {0});
  stops("search", {0});
  live(900);
  expect_said(FindingKind::one_broker, "led by broker 7");
}
TEST_F(Findings, NotTheBrokerWhenOthersReadFromItWell) {
  six_partitions();
  add_group("search", "orders", {{0, 1, 2, 3, 4, 5}});
  topics["orders"][0].leader = 7;
  begin();
  live(300);
  stops("payments", {0});
  live(900);
  ASSERT_EQ(group()->status, GroupStatus::error);
  expect_unsaid(FindingKind::one_broker);
}

TEST_F(Findings, WholeTopicWhenMostOfItsGroupsFellTogether) {
  six_partitions();
  for (const char* name : {"audit", "mail", "search"}) add_group(name, "orders", {{0, 1}});
  begin();
  live(300);
  for (const char* name : {"audit", "payments", "search"}) stops(name, {0, 1});
  live(900);
  expect_said(FindingKind::whole_topic, "3 of 4 groups that read orders fell behind");
}
TEST_F(Findings, NotTheTopicWhenTheOthersHadDiedLongBefore) {
  six_partitions();
  for (const char* name : {"audit", "mail", "search"}) add_group(name, "orders", {{0, 1}});
  begin();
  live(300);
  for (const char* name : {"audit", "search"}) stops(name, {0, 1});
  live(3600);
  stops("payments", {0, 1});
  live(900);
  ASSERT_EQ(group()->status, GroupStatus::error);
  expect_unsaid(FindingKind::whole_topic);
}

TEST_F(Findings, RebalanceLoopWhenOneComesAndGoes) {
  six_partitions_read_well();
  for (int i = 0; i < 4; ++i) {
    leaves("payments", "payments-3");
    live(20);
    joins("payments", {"payments-3", "/10.1.4.3", {4, 5}});
    live(20);
  }
  expect_said(FindingKind::rebalance_loop, "payments-3 joined and left 4 times");
}
TEST_F(Findings, NoLoopWhenItComesBackOnce) {
  six_partitions();
  begin();
  live(600);
  leaves("payments", "payments-3");
  live(20);
  joins("payments", {"payments-3", "/10.1.4.3", {4, 5}});
  live(20);
  expect_unsaid(FindingKind::rebalance_loop);
}

TEST_F(Findings, HotPartitionWhenItAloneGetsSeveralTimesTheRecords) {
  six_partitions();
  topics["orders"][2].per_second = 1000;
  groups["payments"].reads[2].per_second = 150;
  begin();
  live(900);
  expect_said(FindingKind::hot_partition, "Partition 2 of orders gets");
}
TEST_F(Findings, NotHotWhenAllGetAsMany) {
  six_partitions(1000);
  groups["payments"].reads[2].per_second = 150;
  begin();
  live(900);
  ASSERT_NE(group()->status, GroupStatus::ok);
  expect_unsaid(FindingKind::hot_partition);
}

TEST_F(Findings, LopsidedAssignmentWhenTheLoadedMemberIsLate) {
  add_topic("orders", 5, 100);
  add_group("payments", "orders", {{0, 1, 2, 3}, {4}});
  begin();
  live(300);
  stops("payments", {0, 1, 2});
  live(900);
  expect_said(FindingKind::lopsided_assignment, "payments-1 owns 4 partitions, payments-2 owns 1");
}
TEST_F(Findings, NotLopsidedWhenTheNumbersAreAsEvenAsCanBe) {
  add_topic("orders", 5, 100);
  add_group("payments", "orders", {{0, 1, 2}, {3, 4}});
  begin();
  live(300);
  stops("payments", {0, 1, 2});
  live(900);
  ASSERT_EQ(group()->status, GroupStatus::error);
  expect_unsaid(FindingKind::lopsided_assignment);
}

TEST_F(Findings, ProducerBurstWhenMuchMoreIsWrittenThanBefore) {
  six_partitions();
  begin();
  live(3600);
  for (Partition& each : topics["orders"]) each.per_second = 600;
  for (auto& [partition, reading] : groups["payments"].reads) reading.per_second = 110;
  live(600);
  expect_said(FindingKind::producer_burst, "Producers write 3,600/s");
}
TEST_F(Findings, NoBurstWhenSoMuchWasAlwaysWritten) {
  six_partitions(600);
  begin();
  live(3600);
  for (auto& [partition, reading] : groups["payments"].reads) reading.per_second = 110;
  live(600);
  ASSERT_NE(group()->status, GroupStatus::ok);
  expect_unsaid(FindingKind::producer_burst);
}

TEST_F(Findings, ConsumerSlowerWhenItReadsLessOfTheSame) {
  six_partitions();
  begin();
  live(3600);
  for (auto& [partition, reading] : groups["payments"].reads) reading.per_second = 20;
  live(600);
  expect_said(FindingKind::consumer_slower, "producers unchanged at 600/s");
}
TEST_F(Findings, NotSlowerWhenProducersAreTheFasterOnes) {
  six_partitions(20);
  begin();
  live(3600);
  for (Partition& each : topics["orders"]) each.per_second = 100;
  for (auto& [partition, reading] : groups["payments"].reads) reading.per_second = 20;
  live(600);
  ASSERT_NE(group()->status, GroupStatus::ok);
  expect_unsaid(FindingKind::consumer_slower);
}

TEST_F(Findings, AForecastComesWithThem) {
  six_partitions_read_well();
  for (auto& [partition, reading] : groups["payments"].reads) reading.per_second = 20;
  live(900);
  ASSERT_NE(group()->diagnosis, nullptr);
  const Forecast& forecast = group()->diagnosis->forecast;
  ASSERT_TRUE(forecast.produced && forecast.consumed);
  EXPECT_NEAR(forecast.produced->likely, 600, 6);
  EXPECT_NEAR(forecast.consumed->likely, 120, 2);
}

TEST_F(Findings, WhenManyGroupsFallAtOnceAllAreExplainedInTurn) {
  add_topic("orders", 500, 1);
  std::vector<std::int32_t> all(500);
  for (std::size_t p = 0; p < all.size(); ++p) all[p] = static_cast<std::int32_t>(p);
  for (int g = 10; g < 50; ++g) add_group("g" + std::to_string(g), "orders", {all});
  begin();
  live(60);
  for (auto& [name, group] : groups) stops(name, all);
  while (group("g10")->status == GroupStatus::ok && now < 1000) live(1);
  const auto explained = [&] {
    return std::count_if(report->groups.begin(), report->groups.end(),
                         [](const auto& each) { return each->diagnosis != nullptr; });
  };
  EXPECT_GT(explained(), 0);
  EXPECT_LT(explained(), 40) << "a tick stays short";
  live(5);
  EXPECT_EQ(explained(), 40);
}

}  // namespace
}  // namespace tidemark
