#include "daemon/pipeline/cluster_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/record.h"
#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;

TEST_F(Cluster, ACommitAndALogEndMakeAVerdict) {
  refresh(0, 100);
  commit(5, 100);
  refresh(10, 100);
  const auto seen = group(11);
  ASSERT_NE(seen, nullptr);
  EXPECT_EQ(seen->status, GroupStatus::ok);
  EXPECT_EQ(seen->lag, 0);
  EXPECT_EQ(seen->partition_count, 2) << "padded up to the topic's size";
  const PartitionReport& first = seen->topics.at(0).partitions.at(0);
  EXPECT_EQ(first.committed_offset, Offset{100});
  EXPECT_EQ(first.reason, Reason::caught_up);
  EXPECT_FALSE(seen->topics.at(0).partitions.at(1).committed);
}

TEST_F(Cluster, LagIsCountedAnewAtEachRefresh) {
  refresh(0, 100);
  commit(5, 100);
  refresh(10, 130);
  EXPECT_EQ(group(10)->lag, 30);
  refresh(20, 170);
  EXPECT_EQ(group(20)->lag, 70);
  EXPECT_EQ(group(20)->time_lag(start + seconds{20}), seconds{20}) << "since the first refresh";
}

TEST_F(Cluster, AGroupThatStopsIsStoppedByTimeAlone) {
  refresh(0, 100);
  commit(5, 100);
  for (int at = 10; at <= 700; at += 10) refresh(at, 100 + at);
  members(700, "");
  const auto seen = group(705);
  EXPECT_EQ(seen->status, GroupStatus::error);
  EXPECT_EQ(seen->reason, Reason::stopped);
  EXPECT_NE(seen->explanation.find("the group has no members"), std::string::npos)
      << seen->explanation;
}

TEST_F(Cluster, AMachineWhoseClockIsAheadSeesAStopInTime) {
  ahead = 7200;
  refresh(0, 100);
  refresh(10, 110);
  commit(15, 110);
  for (int at = 20; at <= 600; at += 10) refresh(at, 100 + at);
  EXPECT_EQ(group(605)->status, GroupStatus::ok);
  refresh(610, 710);
  refresh(620, 720);
  const auto seen = group(630);
  EXPECT_EQ(seen->status, GroupStatus::error);
  EXPECT_EQ(seen->reason, Reason::stopped);
  EXPECT_EQ(seen->unread_since, start + std::chrono::seconds{10 - 7200});
}

TEST_F(Cluster, ATombstoneEndsThePartitionAndThenTheGroup) {
  refresh(0, 100);
  commit(5, 100);
  ASSERT_NE(group(6), nullptr);
  tombstone(7);
  EXPECT_EQ(group(8), nullptr);
  EXPECT_EQ(state.group_partitions(), 0U);
}

TEST_F(Cluster, AGroupWithAProtocolOutlivesItsOffsets) {
  refresh(0, 100);
  members(1, "orders");
  commit(5, 100);
  tombstone(7);
  refresh(10, 100);
  const auto seen = group(11);
  ASSERT_NE(seen, nullptr);
  EXPECT_EQ(seen->status, GroupStatus::unknown);
  EXPECT_EQ(seen->reason, Reason::never_committed);
}

TEST_F(Cluster, ABlindMonitorAccusesNobody) {
  refresh(0, 100);
  commit(5, 100);
  refresh(10, 150);
  ASSERT_EQ(group(12)->status, GroupStatus::ok);
  const auto seen = group(5000);
  EXPECT_EQ(seen->status, GroupStatus::ok) << "the verdict from before stands";
  EXPECT_TRUE(seen->stale);
  EXPECT_EQ(seen->reason, Reason::monitor_stale);
}

TEST_F(Cluster, AWarningStandsWhileWeAreBlind) {
  refresh(0, 100);
  commit(5, 500);
  for (int at = 10; at <= 40; at += 10) refresh(at, 100);
  ASSERT_EQ(group(41)->status, GroupStatus::warning);
  const auto seen = group(5000);
  EXPECT_TRUE(seen->stale);
  EXPECT_EQ(seen->status, GroupStatus::warning);
}

TEST_F(Cluster, GroupsOfAPartitionStillBeingReadAreUnknown) {
  ClusterState fresh{{"PROD", "broker:9092", seconds{10}}, policies};
  ClassicGroupSeen record;
  record.group = GroupName{"payments"};
  OffsetsBatch batch;
  batch.received_at = start;
  batch.group_records.push_back({0, record});
  fresh.apply(std::move(batch));
  const auto report = fresh.tick(start);
  ASSERT_EQ(report->groups.size(), 1U);
  EXPECT_EQ(report->groups[0]->status, GroupStatus::unknown);
  EXPECT_FALSE(report->health.caught_up);
}

TEST_F(Cluster, AGroupIsShownAtOnceAndJudgedWhenItsRecordsAreRead) {
  start_up(10);
  commit(-20, 90);
  refresh(0, 100);
  const auto shown = group(1);
  EXPECT_EQ(shown->reason, Reason::monitor_stale);
  EXPECT_TRUE(shown->stale);
  EXPECT_THAT(shown->explanation, HasSubstr("still reading"));
  EXPECT_TRUE(shown->topics.empty());
  commit(-10, 100);
  EXPECT_EQ(group(2), shown) << "the same, and no work";
  read_to(10);
  refresh(10, 100);
  const auto judged = group(11);
  EXPECT_EQ(judged->status, GroupStatus::ok);
  EXPECT_EQ(judged->topics.at(0).partitions.at(0).committed_offset, Offset{100});
}

TEST_F(Cluster, ATopicThatTheMembersLeftIsNotHeldAgainstThem) {
  refresh(0, 100);
  commit(5, 100);
  members(6, "invoices");
  for (int at = 10; at <= 1200; at += 10) refresh(at, 100 + at);
  const auto seen = group(1201);
  EXPECT_EQ(seen->status, GroupStatus::ok);
  EXPECT_EQ(seen->topics.at(0).partitions.at(0).reason, Reason::topic_left);
  EXPECT_TRUE(seen->conditions.has(Condition::unsubscribed));
}

TEST_F(Cluster, ACommitBeyondTheLogEndIsUnknownEvenIfNothingMoves) {
  refresh(0, 100);
  commit(5, 500);
  for (int at = 10; at <= 40; at += 10) refresh(at, 100);
  const auto seen = group(41);
  EXPECT_EQ(seen->topics.at(0).partitions.at(0).reason, Reason::beyond_log_end);
  EXPECT_EQ(seen->status, GroupStatus::warning);
  EXPECT_EQ(seen->lag, std::nullopt);
}

TEST_F(Cluster, ACommitIsKnownToBeBeyondTheLogEndWithoutAnythingElseHappening) {
  refresh(0, 500);
  commit(5, 500);
  refresh(10, 100);  // not yet a whole refresh after the commit
  EXPECT_NE(group(11)->reason, Reason::beyond_log_end);
  refresh(20, 100);
  EXPECT_EQ(group(21)->reason, Reason::beyond_log_end);
}

TEST_F(Cluster, AReCreatedTopicForgetsTheOldSamples) {
  const TopicUuid old_id{1};
  const TopicUuid new_id{2};
  refresh(0, 450);
  for (int at = 5; at < 200; at += 40) commit(at, 400 + at / 5, "payments", old_id);
  refresh(205, 450);
  refresh(215, 20);
  commit(220, 15, "payments", new_id);
  refresh(225, 20);
  const PartitionReport& seen = group(226)->topics.at(0).partitions.at(0);
  EXPECT_EQ(seen.status, PartitionStatus::ok) << to_string(seen.reason);
  EXPECT_EQ(seen.lag, 5);
}

TEST_F(Cluster, UnchangedGroupsAreSharedBetweenReports) {
  refresh(0, 100);
  commit(5, 100, "payments");
  commit(5, 90, "search");
  refresh(10, 100);
  const auto before = tick(11);
  commit(12, 95, "search");
  const auto after = tick(12);
  EXPECT_EQ(before->groups[0], after->groups[0]);
  EXPECT_NE(before->groups[1], after->groups[1]);
}

TEST_F(Cluster, AQuietGroupIsNotJudgedAgainWhileItIsRefreshed) {
  refresh(0, 100);
  commit(5, 100);
  refresh(10, 100);
  const auto first = group(11);
  for (int at = 20; at <= 600; at += 10) {
    refresh(at, 100);
    ASSERT_EQ(group(at + 1), first) << "at " << at;
  }
  EXPECT_FALSE(group(630)->stale);
  const auto blind = group(631);
  EXPECT_NE(blind, first);
  EXPECT_TRUE(blind->stale) << "no refresh for more than three intervals";
}

TEST_F(Cluster, ASentenceWithTimesInItIsKeptYoung) {
  refresh(0, 100);
  commit(5, 90);
  for (int at = 10; at <= 900; at += 10) refresh(at, 100);
  const auto first = group(901);
  ASSERT_EQ(first->status, GroupStatus::error);
  for (int at = 910; at <= 950; at += 10) refresh(at, 100);
  EXPECT_NE(group(951)->explanation, first->explanation);
}

TEST_F(Cluster, AnUnknownTopicAsksForARefresh) {
  EXPECT_FALSE(state.take_wants_refresh());
  commit(5, 100);
  EXPECT_TRUE(state.take_wants_refresh());
  EXPECT_FALSE(state.take_wants_refresh());
}

TEST_F(Cluster, MembersOwnTheirPartitions) {
  refresh(0, 100);
  members(1, "orders");
  commit(5, 100);
  refresh(10, 100);
  const auto seen = group(11);
  ASSERT_EQ(seen->members.size(), 1U);
  EXPECT_EQ(seen->topics.at(0).partitions.at(0).owner, 0);
  EXPECT_EQ(seen->topics.at(0).partitions.at(1).owner, 0);
  EXPECT_EQ(seen->state, "Stable");
}

TEST_F(Cluster, ADetailHoldsTheWindowAndTheRulesAsTheyWereTried) {
  refresh(0, 100);
  for (int at = 5; at <= 95; at += 30) commit(at, at);
  refresh(100, 100);
  const auto detail = state.detail("payments", true, start + seconds{101});
  ASSERT_TRUE(detail.ok());
  ASSERT_EQ(detail.value().windows.size(), 1U);
  EXPECT_EQ(detail.value().windows[0].samples.size(), 4U);
  EXPECT_GE(detail.value().windows[0].trace.size(), 13U);
  const auto none = state.detail("nobody", false, start + seconds{101});
  ASSERT_FALSE(none.ok());
  EXPECT_NE(none.error().message.find("nobody"), std::string::npos);
}

TEST_F(Cluster, AnImplausiblePartitionIsCountedNotStored) {
  OffsetsBatch batch;
  batch.received_at = start;
  CommitSeen hostile;
  hostile.key = "key";
  hostile.group = "g";
  hostile.topic = "orders";
  hostile.partition = PartitionId{2'000'000'000};
  batch.commits = {hostile};
  state.apply(std::move(batch));
  EXPECT_EQ(state.group_partitions(), 0U);
  EXPECT_EQ(tick(1)->health.decode_errors.at("implausible_partition"), 1U);
}

TEST_F(Cluster, AWindowSaysWhatWaitedAtEachCommit) {
  commit(5, 80);
  refresh(10, 100);
  commit(50, 90);
  refresh(60, 130);
  const auto detail = state.detail("payments", false, start + seconds{61});
  ASSERT_TRUE(detail.ok());
  const auto& samples = detail.value().windows.at(0).samples;
  ASSERT_EQ(samples.size(), 2U);
  EXPECT_EQ(samples[0].lag, std::nullopt) << "no log end was seen yet";
  EXPECT_EQ(samples[1].lag, 10);
}

TEST(ClusterPolicies, AGroupUnderBurrowsRulesIsJudgedByThem) {
  PolicyEntry entry;
  entry.policy.rules = RuleSet::burrow;
  const PolicyTable policies({entry});
  ClusterState state({"PROD", "broker:9092", seconds{10}}, policies);
  constexpr Instant start = from_ms(1'700'000'000'000);
  state.apply(CatchUpGoal{{{0, Offset{0}}}, {{0, Offset{0}}}});
  const auto refresh = [&](int at, std::int64_t end) {
    LogEndsSeen seen;
    seen.taken_at = start + seconds{at};
    seen.offsets_topic = {{0, Offset{0}, Offset{0}}};
    seen.topics = {
        {TopicName{"orders"}, {{PartitionId{0}, Offset{end}, Offset{0}, Offset{end}, 1}}}};
    state.apply(std::move(seen));
  };
  refresh(0, 100);
  OffsetsBatch batch;
  batch.received_at = start + seconds{1};
  CommitSeen commit;
  commit.key = "key";
  commit.group = "payments";
  commit.topic = "orders";
  commit.offset = Offset{50};
  commit.committed_at = start + seconds{1};
  batch.commits = {commit};
  state.apply(std::move(batch));
  for (int at = 10; at <= 30; at += 10) refresh(at, 100 + at);
  const auto report = state.tick(start + seconds{31});
  ASSERT_EQ(report->groups.size(), 1U);
  EXPECT_EQ(report->groups[0]->reason, Reason::burrow_stop);
  EXPECT_EQ(report->groups[0]->status, GroupStatus::error);
  EXPECT_EQ(report->groups[0]->lag, 80);
}

TEST(ClusterPolicies, AnIgnoredGroupIsLeftOutOfEverything) {
  PolicyEntry entry;
  entry.group = Pattern::compile("console-.*").value();
  entry.policy.ignore = true;
  const PolicyTable policies({entry});
  ClusterState state({"PROD", "broker:9092", seconds{10}}, policies);
  OffsetsBatch batch;
  batch.received_at = from_ms(1'700'000'000'000);
  CommitSeen commit;
  commit.key = "key";
  commit.group = "console-consumer-1";
  commit.topic = "orders";
  batch.commits = {commit};
  ClassicGroupSeen record;
  record.group = GroupName{"console-consumer-1"};
  batch.group_records.push_back({0, record});
  state.apply(std::move(batch));
  EXPECT_TRUE(state.tick(from_ms(1'700'000'001'000))->groups.empty());
}

}  // namespace
}  // namespace tidemark
