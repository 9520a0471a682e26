// From partitions to their group.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

#include "evaluator/report.h"
#include "tests/evaluator/tale.h"

namespace tidemark::test {
namespace {

using testing::ElementsAre;

PartitionReport partition(PartitionStatus status, Reason reason,
                          std::optional<std::int64_t> lag = 0) {
  PartitionReport out;
  out.committed = true;
  out.status = status;
  out.reason = reason;
  out.lag = lag;
  out.samples = 10;
  out.intervals = 10;
  out.committed_at = at(0);
  return out;
}

PartitionReport fine() { return partition(PartitionStatus::ok, Reason::caught_up); }
PartitionReport dead() {
  PartitionReport out = partition(PartitionStatus::stopped, Reason::stopped, 1310);
  out.why = Grounds("no commit for 340 s");
  return out;
}

template <class... Partitions>
GroupReport group_of(Partitions... partitions) {
  GroupReport group;
  group.name = GroupName{"billing"};
  TopicOfGroup topic;
  topic.topic = TopicName{"orders"};
  (topic.partitions.push_back(std::move(partitions)), ...);
  for (std::size_t i = 0; i < topic.partitions.size(); ++i) {
    topic.partitions[i].partition = PartitionId{static_cast<std::int32_t>(i)};
  }
  if (!topic.partitions.empty()) group.topics.push_back(std::move(topic));
  return group;
}

GroupReport rolled_up(GroupReport group, bool has_live_members = true) {
  roll_up(group, has_live_members);
  return group;
}

// --- what one partition makes of its group -------------------------------------------------------

struct Part {
  PartitionStatus status;
  Reason reason;
  bool blocked_long;
  bool over_promise;
  GroupStatus group;
};

class AsGroupStatus : public testing::TestWithParam<Part> {};

TEST_P(AsGroupStatus, IsThatOfThePartitionAsTheGroupSeesIt) {
  const Part& part = GetParam();
  Conditions conditions;
  if (part.over_promise) conditions.set(Condition::over_max_time_lag);
  EXPECT_EQ(as_group_status(part.status, part.reason, part.blocked_long, conditions), part.group)
      << to_string(part.status) << " " << to_string(part.reason);
}

using P = PartitionStatus;
using G = GroupStatus;
INSTANTIATE_TEST_SUITE_P(
    Table, AsGroupStatus,
    testing::Values(Part{P::ok, Reason::caught_up, false, false, G::ok},
                    Part{P::ok, Reason::keeping_up, false, false, G::ok},
                    Part{P::ok, Reason::topic_left, false, false, G::ok},
                    Part{P::ok, Reason::falling_behind, false, false, G::warning},
                    Part{P::ok, Reason::catching_up, false, false, G::ok},
                    Part{P::ok, Reason::data_loss, false, false, G::warning},
                    Part{P::ok, Reason::blocked_by_transaction, false, false, G::ok},
                    Part{P::ok, Reason::blocked_by_transaction, true, false, G::warning},
                    Part{P::ok, Reason::keeping_up, false, true, G::warning},
                    Part{P::unknown, Reason::beyond_log_end, false, false, G::warning},
                    Part{P::unknown, Reason::monitor_stale, false, false, G::unknown},
                    Part{P::stopped, Reason::monitor_stale, false, false, G::error},
                    Part{P::stopped, Reason::stopped, false, false, G::error},
                    Part{P::stopped, Reason::abandoned, false, false, G::error},
                    Part{P::stalled, Reason::stalled, false, false, G::error},
                    Part{P::rewind, Reason::rewind, false, false, G::error},
                    Part{P::warn, Reason::burrow_warn, false, false, G::warning},
                    Part{P::stopped, Reason::burrow_stop, false, false, G::error},
                    Part{P::stalled, Reason::burrow_stall, false, false, G::error},
                    Part{P::rewind, Reason::burrow_rewind, false, false, G::error},
                    Part{P::ok, Reason::burrow_ok, false, false, G::ok}));

// --- the worst wins ------------------------------------------------------------------------------

TEST(RollUp, TheWorstPartitionDecidesAndIsNamed) {
  const GroupReport group = rolled_up(group_of(fine(), dead(), fine(), dead()));
  EXPECT_EQ(group.status, GroupStatus::error);
  EXPECT_EQ(group.reason, Reason::stopped);
  EXPECT_EQ(group.explanation, "orders-1: no commit for 340 s (2 of 4 partitions: STOPPED)");
}

TEST(RollUp, WarningOutweighsUnknownWhichOutweighsOk) {
  const auto late = [] { return partition(P::ok, Reason::falling_behind, 7); };
  const auto blind = [] { return partition(P::unknown, Reason::monitor_stale, std::nullopt); };
  EXPECT_EQ(rolled_up(group_of(fine(), blind(), late())).status, GroupStatus::warning);
  EXPECT_EQ(rolled_up(group_of(fine(), blind())).status, GroupStatus::unknown);
  EXPECT_EQ(rolled_up(group_of(late(), dead())).status, GroupStatus::error);
}

TEST(RollUp, OfEqualsTheOneThatSaysMostDecides) {
  const auto abandoned = [] { return partition(P::stopped, Reason::abandoned, 9'000'000); };
  EXPECT_EQ(rolled_up(group_of(abandoned(), dead())).reason, Reason::stopped);
  const auto keeping_up = [](std::int64_t lag) {
    return partition(P::ok, Reason::keeping_up, lag);
  };
  const GroupReport group = rolled_up(group_of(fine(), keeping_up(5), keeping_up(6)));
  EXPECT_EQ(group.reason, Reason::keeping_up);
  EXPECT_EQ(group.explanation, "orders-2: 6 records wait (3 of 3 partitions: OK)");
}

TEST(RollUp, PartitionsThatWereNeverCommittedLeaveTheStatusToTheOthers) {
  const GroupReport group = rolled_up(group_of(PartitionReport{}, fine(), PartitionReport{}));
  EXPECT_EQ(group.status, GroupStatus::ok);
  EXPECT_EQ(group.partition_count, 3);
  EXPECT_DOUBLE_EQ(group.complete, 1.0 / 3);
}

TEST(RollUp, AStalePartitionKeepsItsGroupWhereItWas) {
  PartitionReport was_late = partition(P::ok, Reason::monitor_stale, 7);
  was_late.stale = true;
  was_late.warned_before = true;
  const GroupReport group = rolled_up(group_of(std::move(was_late)));
  EXPECT_EQ(group.status, GroupStatus::warning);
  EXPECT_TRUE(group.stale);
  PartitionReport was_fine = partition(P::ok, Reason::monitor_stale, 7);
  was_fine.stale = true;
  was_fine.conditions.set(Condition::over_max_time_lag);
  EXPECT_EQ(rolled_up(group_of(std::move(was_fine))).status, GroupStatus::ok);
}

TEST(RollUp, ABrokenPromiseIsSaid) {
  PartitionReport late = partition(P::ok, Reason::keeping_up, 7);
  late.conditions.set(Condition::over_max_time_lag);
  const GroupReport group = rolled_up(group_of(std::move(late)));
  EXPECT_EQ(group.status, GroupStatus::warning);
  EXPECT_EQ(
      group.explanation,
      "orders-0: 7 records wait; time lag is over max_time_lag (1 of 1 partition: keeping_up)");
}

// --- groups without any commit -------------------------------------------------------------------

TEST(RollUp, LiveMembersWithoutAnyCommitAreUnknown) {
  const GroupReport group = rolled_up(group_of(PartitionReport{}));
  EXPECT_EQ(group.status, GroupStatus::unknown);
  EXPECT_EQ(group.reason, Reason::never_committed);
}

TEST(RollUp, AShareGroupIsUnknownAndSaysWhy) {
  GroupReport group = group_of();
  group.kind = GroupKind::share;
  EXPECT_EQ(rolled_up(std::move(group)).reason, Reason::share_group);
}

TEST(RollUp, NoMembersAndNoCommitsAreNoData) {
  const GroupReport group = rolled_up(group_of(), false);
  EXPECT_EQ(group.status, GroupStatus::unknown);
  EXPECT_EQ(group.reason, Reason::no_data);
  EXPECT_EQ(group.lag, std::nullopt);
  EXPECT_EQ(group.complete, 0);
}

TEST(RollUp, ExpiredPartitionsCountOnlyIfThereIsNothingElse) {
  const auto expired = [] { return partition(P::not_found, Reason::burrow_not_found, 7); };
  EXPECT_EQ(rolled_up(group_of(expired(), fine())).status, GroupStatus::ok);
  EXPECT_EQ(rolled_up(group_of(expired())).reason, Reason::burrow_not_found);
}

// --- sums ----------------------------------------------------------------------------------------

TEST(RollUp, AddsUpWhatIsKnown) {
  PartitionReport old = partition(P::ok, Reason::keeping_up, 5);
  old.unread_since = at(50);
  old.committed_at = at(99);
  old.lost = 3;
  old.conditions.set(Condition::data_loss);
  PartitionReport young = partition(P::ok, Reason::keeping_up, 6);
  young.unread_since = at(80);
  young.samples = 9;
  const GroupReport group = rolled_up(group_of(std::move(old), std::move(young), fine()));
  EXPECT_EQ(group.lag, 11);
  EXPECT_EQ(group.time_lag(at(100)), span(50));
  EXPECT_EQ(group.lost, 3);
  EXPECT_EQ(group.last_commit, at(99));
  EXPECT_DOUBLE_EQ(group.complete, 2.0 / 3);
  EXPECT_THAT(group.conditions.words(), ElementsAre("data_loss"));
}

TEST(RollUp, ATimeLagThatIsPartlyUnknownIsUnknown) {
  PartitionReport known = partition(P::ok, Reason::keeping_up, 5);
  known.unread_since = at(50);
  const GroupReport group =
      rolled_up(group_of(std::move(known), partition(P::ok, Reason::warming_up, 5)));
  EXPECT_TRUE(group.time_lag_unknown);
  EXPECT_EQ(group.time_lag(at(100)), std::nullopt);
  EXPECT_EQ(rolled_up(group_of(fine())).time_lag(at(100)), span(0));
}

// --- reports -------------------------------------------------------------------------------------

TEST(ClusterReport, FindsGroupsAndTopicsByName) {
  ClusterReport report;
  for (const char* name : {"a", "b b", "ü"}) {
    auto group = std::make_shared<GroupReport>();
    group->name = GroupName{name};
    report.groups.push_back(std::move(group));
    auto topic = std::make_shared<TopicReport>();
    topic->topic = TopicName{name};
    report.topics.push_back(std::move(topic));
  }
  ASSERT_NE(report.find_group("b b"), nullptr);
  EXPECT_EQ(report.find_group("b b")->name.get(), "b b");
  EXPECT_EQ(report.find_group("b"), nullptr);
  EXPECT_EQ(report.find_group("z"), nullptr);
  EXPECT_NE(report.find_topic("ü"), nullptr);
  EXPECT_EQ(report.find_topic(""), nullptr);
}

TEST(PartitionReport, ExplainsPlainReasonsAsOfTheInstantAsked) {
  PartitionReport report = partition(P::ok, Reason::keeping_up, 2);
  report.unread_since = at(50);
  EXPECT_EQ(report.explanation(at(60)),
            "2 records wait, the oldest for 10 s; last commit 60 s ago");
  EXPECT_EQ(report.time_lag(at(60)), span(10));
  EXPECT_DOUBLE_EQ(report.complete(), 1.0);
  EXPECT_EQ(dead().explanation(at(60)), "no commit for 340 s");
}

TEST(PartitionReport, TellsAsManyLostRecordsAsItHasRoomFor) {
  PartitionReport report;
  report.lose(PartitionReport::most_lost);
  EXPECT_EQ(report.lost, 2'199'023'255'551);
  report.lose(PartitionReport::most_lost + 1);
  EXPECT_EQ(report.lost, PartitionReport::most_lost);
  report.lose(7);
  EXPECT_EQ(report.lost, 7);
}

}  // namespace
}  // namespace tidemark::test
