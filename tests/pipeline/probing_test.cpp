// Probe before accusing: what is asked when, and what verdicts wait for it.
#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using Outcome = ProbeSeen::Outcome;

// Patience is 10 minutes, a slot 30 s.
class Probing : public Cluster {
 protected:
  Probing() {
    answer = [this](const ProbeQuestion& question) -> std::optional<ProbeSeen> {
      if (!outcome) return std::nullopt;
      ProbeSeen seen = found_record(question);
      seen.outcome = *outcome;
      if (empty_to) seen.empty_to = Offset{*empty_to};
      seen.record_time = record_time;
      seen.below_log_start = below_log_start;
      return seen;
    };
  }

  // Caught up at 10, then records come up to `end` and nobody commits.
  void one_that_stops(std::int64_t end = 20) {
    refresh(0, 10);
    commit(5, 10);
    refresh(10, 10);
    refresh(20, end);
    for (int at = 30; at <= 600; at += 10) refresh(at, end);
    ASSERT_EQ(group(600)->status, GroupStatus::ok);
  }
  void refresh_until(int from, int to, std::int64_t end) {
    for (int at = from; at <= to; at += 10) refresh(at, end);
  }
  const PartitionReport& first(int at, std::string_view name = "payments") {
    kept_ = group(at, name);
    return kept_->topics.at(0).partitions.at(0);
  }

  std::optional<Outcome> outcome = Outcome::record;
  std::optional<std::int64_t> empty_to;
  std::optional<Instant> record_time;
  bool below_log_start = false;

 private:
  std::shared_ptr<const GroupReport> kept_;
};

TEST_F(Probing, RecordsThatWaitForASlotAreLookedAtOnce) {
  refresh(0, 10);
  commit(5, 10);
  refresh(10, 10);
  refresh(20, 12);
  tick(21);
  EXPECT_TRUE(asked.empty());
  refresh_until(30, 50, 12);
  tick(51);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].from, Offset{10});
  EXPECT_EQ(asked[0].topic.get(), "orders");
  refresh_until(60, 300, 12);
  tick(301);
  EXPECT_EQ(asked.size(), 1U) << "a record that is there stays there";
}

TEST_F(Probing, ControlRecordsAtTheEndAreNoLag) {
  outcome = Outcome::end;
  empty_to = 12;
  refresh(0, 10);
  commit(5, 10);
  refresh_until(10, 50, 12);
  const PartitionReport& seen = first(51);
  EXPECT_EQ(seen.lag, 0);
  EXPECT_EQ(seen.reason, Reason::caught_up);
  EXPECT_EQ(group(52)->lag, 0);
}

TEST_F(Probing, WhatComesAfterTheEndIsUnreadAgainAndAskedFor) {
  outcome = Outcome::end;
  empty_to = 12;
  refresh(0, 10);
  commit(5, 10);
  refresh_until(10, 50, 12);
  ASSERT_EQ(first(51).lag, 0);
  refresh_until(3600, 3650, 15);
  outcome = Outcome::record;
  empty_to.reset();
  EXPECT_EQ(first(3651).lag, 3);
  EXPECT_EQ(asked.back().from, Offset{12});
  refresh_until(3660, 4300, 15);
  EXPECT_EQ(first(4301).status, PartitionStatus::stopped) << "its own patience, from then";
}

TEST_F(Probing, AVerdictThatWouldTurnStoppedWaitsForItsProbe) {
  outcome.reset();
  one_that_stops();
  refresh(610, 20);
  refresh(620, 20);
  const PartitionReport& waits = first(625);
  EXPECT_EQ(waits.status, PartitionStatus::ok);
  EXPECT_FALSE(waits.stale);
  ASSERT_FALSE(asked.empty());
  EXPECT_FALSE(state.take_released());
  state.apply(found_record(asked.back()));
  EXPECT_TRUE(state.take_released()) << "it need not wait for the next tick";
  EXPECT_FALSE(state.take_released());
  const PartitionReport& out = first(626);
  EXPECT_EQ(out.status, PartitionStatus::stopped);
  EXPECT_FALSE(out.unprobed);
}

TEST_F(Probing, ButNotForLong) {
  outcome.reset();
  one_that_stops();
  refresh_until(610, 630, 20);
  EXPECT_EQ(first(622).status, PartitionStatus::ok);
  const PartitionReport& out = first(633);
  EXPECT_EQ(out.status, PartitionStatus::stopped);
  EXPECT_TRUE(out.unprobed);
  // The answer comes late, and is heard.
  ProbeSeen late = found_record(asked.back());
  late.outcome = Outcome::end;
  late.empty_to = Offset{20};
  state.apply(std::move(late));
  EXPECT_EQ(first(634).reason, Reason::caught_up);
}

TEST_F(Probing, AProbeThatFailsLetsTheVerdictOutUnprobed) {
  outcome = Outcome::failed;
  one_that_stops();
  refresh_until(610, 620, 20);
  const PartitionReport& out = first(625);
  EXPECT_EQ(out.status, PartitionStatus::stopped);
  EXPECT_TRUE(out.unprobed);
  const ClusterHealth health = tick(626)->health;
  EXPECT_GT(health.probes_sent, 0U);
  EXPECT_EQ(health.probes_failed, health.probes_sent);
  EXPECT_EQ(health.probes_waiting, 0U);
}

TEST_F(Probing, AFailedOneIsAskedAgainAndThenCleared) {
  outcome = Outcome::failed;
  one_that_stops();
  refresh_until(610, 620, 20);
  ASSERT_TRUE(first(625).unprobed);
  outcome = Outcome::record;
  refresh_until(630, 1300, 20);
  const PartitionReport& out = first(1301);
  EXPECT_EQ(out.status, PartitionStatus::stopped);
  EXPECT_FALSE(out.unprobed);
}

TEST_F(Probing, ATopicThatMayNotBeReadIsJudgedByItsHistory) {
  outcome = Outcome::not_authorized;
  one_that_stops();
  refresh_until(610, 620, 20);
  EXPECT_EQ(asked.size(), 1U);
  EXPECT_TRUE(first(625).unprobed);
  EXPECT_EQ(first(625).status, PartitionStatus::stopped);
}

TEST_F(Probing, APolicyWithoutProbesAsksNothing) {
  PolicyEntry entry;
  entry.policy.probe = false;
  policies = PolicyTable({entry});
  one_that_stops();
  refresh_until(610, 620, 20);
  EXPECT_EQ(first(625).status, PartitionStatus::stopped);
  EXPECT_TRUE(first(625).unprobed);
  EXPECT_TRUE(asked.empty());
}

TEST_F(Probing, WithoutAStatusFromBeforeNothingIsSaidUntilTheAnswer) {
  outcome.reset();
  refresh(7200, 20);
  commit(0, 10);
  refresh(7210, 20);
  refresh_until(7220, 7900, 20);
  const PartitionReport& waits = first(7901);
  EXPECT_EQ(waits.status, PartitionStatus::unknown);
  EXPECT_TRUE(waits.stale);
  EXPECT_EQ(waits.reason, Reason::monitor_stale);
  ASSERT_FALSE(asked.empty());
  state.apply(found_record(asked.back()));
  EXPECT_EQ(first(7902).status, PartitionStatus::stopped);
}

TEST_F(Probing, AfterARestartTheRecordTellsForHowLongItHasWaited) {
  record_time = start + seconds{60};
  commit(0, 10);
  refresh(36'000, 20);
  const PartitionReport& seen = first(36'001);
  EXPECT_EQ(seen.status, PartitionStatus::stopped);
  EXPECT_EQ(seen.unread_since, start + seconds{60});
  EXPECT_EQ(asked.size(), 1U);
}

TEST_F(Probing, GroupsAtOnePositionShareOneAnswer) {
  record_time = start + seconds{60};
  commit(0, 10, "payments");
  commit(0, 10, "billing");
  refresh(36'000, 20);
  EXPECT_EQ(first(36'001, "billing").unread_since, start + seconds{60});
  EXPECT_EQ(first(36'001, "payments").unread_since, start + seconds{60});
  EXPECT_EQ(asked.size(), 1U);
  commit(36'002, 10, "latecomer");
  EXPECT_EQ(first(36'003, "latecomer").unread_since, start + seconds{60});
  EXPECT_EQ(asked.size(), 1U);
}

TEST_F(Probing, AnOpenTransactionIsNotAskedAbout) {
  refresh(0, 10);
  commit(5, 10);
  for (int at = 10; at <= 1000; at += 10) refresh(at, 20, 0, 0, 10);
  const PartitionReport& seen = first(1001);
  EXPECT_EQ(seen.reason, Reason::blocked_by_transaction);
  EXPECT_TRUE(asked.empty());
  const std::string said = seen.explanation(start + seconds{1001});
  EXPECT_NE(said.find("the last stable offset has stood at 10 for 16 min"), std::string::npos)
      << said;
  const auto report = tick(1002);
  EXPECT_EQ(report->topics.at(0)->partitions.at(0).lso_since, start + seconds{10});
}

TEST_F(Probing, AStableOffsetThatMovesOnIsNoHangingTransaction) {
  refresh(0, 10, 0, 0, 5);
  refresh(10, 20, 0, 0, 5);
  EXPECT_EQ(tick(11)->topics.at(0)->partitions.at(0).lso_since, start + seconds{10});
  refresh(20, 20);
  EXPECT_EQ(tick(21)->topics.at(0)->partitions.at(0).lso_since, std::nullopt);
}

TEST_F(Probing, RecordsBelowLogStartStayLost) {
  outcome = Outcome::record;
  record_time = start + seconds{300};
  commit(0, 10);
  refresh(36'000, 60, 0, 50);
  const PartitionReport& seen = first(36'001);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].from, Offset{50}) << "from log start";
  EXPECT_EQ(seen.lost, 40);
  EXPECT_EQ(seen.lag, 10);
  EXPECT_EQ(seen.unread_since, start + seconds{300});
}

TEST_F(Probing, RecordsThatAreGoneWhenItLooksAreLostToo) {
  outcome = Outcome::record;
  empty_to = 50;
  below_log_start = true;
  refresh(0, 10);
  commit(5, 10);
  refresh_until(10, 60, 60);
  ASSERT_EQ(first(61).lag, 50);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].from, Offset{10});
  EXPECT_EQ(first(62).lag, 50) << "log start is not known yet";
  refresh(70, 60, 0, 50);
  const PartitionReport& seen = first(71);
  EXPECT_EQ(seen.lost, 40);
  EXPECT_EQ(seen.lag, 10);
}

TEST_F(Probing, WhenAllIsDeletedAControlRecordIsNoLag) {
  outcome = Outcome::end;
  empty_to = 51;
  refresh(0, 10);
  commit(5, 10);
  refresh_until(10, 100, 51);
  for (int at = 110; at <= 2000; at += 10) refresh(at, 51, 0, 50);
  const PartitionReport& seen = first(2001);
  EXPECT_EQ(seen.reason, Reason::data_loss);
  EXPECT_EQ(seen.lag, 0);
  EXPECT_EQ(seen.lost, 40);
  EXPECT_EQ(asked.back().from, Offset{50});
}

TEST_F(Probing, WhatIsDeletedWhileItIsAskedAboutIsAskedAboutAnew) {
  outcome.reset();
  commit(0, 10);
  refresh(36'000, 60);
  tick(36'001);
  ASSERT_EQ(asked.size(), 1U);
  outcome = Outcome::record;
  refresh(36'010, 60, 0, 30);
  tick(36'011);
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[1].from, Offset{30});
}

TEST_F(Probing, ACommitThatMovesMakesTheAnswerVoid) {
  outcome.reset();
  commit(0, 10);
  refresh(36'000, 20);
  tick(36'001);
  ASSERT_EQ(asked.size(), 1U);
  commit(36'002, 15);
  ProbeSeen late = found_record(asked[0]);
  late.record_time = start + seconds{60};
  state.apply(std::move(late));
  refresh(36'010, 20);
  EXPECT_NE(first(36'011).unread_since, start + seconds{60});
}

TEST_F(Probing, AProducerWithoutAClockMakesNoTimeLagOfDecades) {
  record_time = from_ms(86'400'000);
  commit(0, 10);
  refresh(36'000, 20);
  EXPECT_EQ(first(36'001).unread_since, std::nullopt);
  EXPECT_EQ(first(36'001).status, PartitionStatus::ok);
}

TEST_F(Probing, ARecordOfNextYearWaitsSinceItWasFirstSeen) {
  record_time = start + hours{24 * 365};
  commit(0, 10);
  refresh(36'000, 20);
  EXPECT_EQ(first(36'001).unread_since, start + seconds{36'000});
}

TEST_F(Probing, ARecordIsNoOlderThanARefreshThatDidNotShowIt) {
  record_time = start;
  refresh(0, 10);
  commit(5, 10);
  refresh(100, 10);
  refresh(1000, 20);  // after a hole
  EXPECT_EQ(first(1001).unread_since, start + seconds{100});
}

}  // namespace
}  // namespace tidemark
