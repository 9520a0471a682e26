// The window, what waits since when, and what is forgotten when a log end falls.
#include "evaluator/partition_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "tests/evaluator/partition.h"

namespace tidemark::test {
namespace {

using testing::ElementsAre;
using testing::Pair;

// --- the window ----------------------------------------------------------------------------------

TEST(Window, TheNewestCommitStaysOnlyIfItIsASlotAfterTheSampleBeforeIt) {
  Partition p;  // a slot is 30 s
  p.commit(0, 1).commit(5, 2).commit(29, 3);
  EXPECT_THAT(p.window(), ElementsAre(Pair(0, 1), Pair(29, 3)));
  p.commit(30, 4).commit(31, 5);
  EXPECT_THAT(p.window(), ElementsAre(Pair(0, 1), Pair(30, 4), Pair(31, 5)));
}

TEST(Window, TheFirstCommitStays) {
  Partition p;
  p.commit(0, 1).commit(1, 2);
  EXPECT_THAT(p.window(), ElementsAre(Pair(0, 1), Pair(1, 2)));
}

TEST(Window, ACommitBetweenTwoOfItsOwnOffsetDoesNotStay) {
  Partition p;
  p.commit(0, 1).commit(60, 7).commit(120, 7).commit(180, 7).commit(240, 8);
  EXPECT_THAT(p.window(), ElementsAre(Pair(0, 1), Pair(60, 7), Pair(180, 7), Pair(240, 8)));
}

TEST(Window, HoldsTheLastIntervalsSamples) {
  Partition p;
  p.policy.intervals = 3;  // a slot is 100 s
  for (int i = 0; i < 6; ++i) p.commit(i * 100, i);
  EXPECT_THAT(p.window(), ElementsAre(Pair(300, 3), Pair(400, 4), Pair(500, 5)));
}

// --- since when ----------------------------------------------------------------------------------

TEST(Since, IsKeptWhileThePositionStands) {
  Partition p;
  p.refresh(0, 10).commit(1, 10).refresh(10, 20).refresh(60, 90);
  EXPECT_EQ(p.history.unread_since.source, Since::Source::history);
  EXPECT_EQ(p.history.unread_since.at, at(0));
  p.commit(61, 10).refresh(70, 99);
  EXPECT_EQ(p.history.unread_since.at, at(0));
  p.commit(71, 95);
  EXPECT_EQ(p.history.unread_since.at, at(60 + 10 * 5.0 / 9));
}

TEST(Since, WhatWaitsBeforeTheHistoryWaitsSinceTheFirstLogEndForAllWeKnow) {
  Partition p;
  p.commit(0, 10).refresh(500, 90).refresh(510, 91);
  EXPECT_EQ(p.history.waiting_since.source, Since::Source::at_latest);
  EXPECT_EQ(p.history.waiting_since.at, at(500));
  EXPECT_EQ(p.judge(510).time_lag(at(510)), std::nullopt);
}

TEST(Since, AProbeAnswersWhereTheHistoryDoesNot) {
  Partition p;
  p.commit(0, 10).refresh(500, 90).probe(10, 10, 333);
  EXPECT_EQ(p.history.waiting_since.at, at(333));
  EXPECT_EQ(p.judge(505).time_lag(at(505)), span(172));
}

TEST(Since, AProbeAnswersForLatenessOnlyIfNoLagIsAllowed) {
  Partition p;
  p.policy.allowed_lag = 5;
  p.commit(0, 10).refresh(500, 90).probe(10, 10, 333);
  EXPECT_EQ(p.history.unread_since.at, at(333));
  EXPECT_EQ(p.history.waiting_since.at, at(500));
}

TEST(Since, AProbeDoesNotOutvoteTheHistory) {
  Partition p;
  p.refresh(0, 10).commit(1, 10).refresh(10, 20).probe(10, 10, 7);
  EXPECT_EQ(p.history.unread_since.at, at(0));
}

TEST(Since, APositionMovedByAProbeIsAskedForAnew) {
  Partition p;
  p.refresh(0, 10).commit(1, 10).refresh(10, 11).refresh(20, 11).probe(10, 11, {});
  EXPECT_EQ(p.history.position(), Offset{11});
  EXPECT_EQ(p.judge(20).reason, Reason::caught_up);
  p.refresh(30, 15);
  EXPECT_EQ(p.history.unread_since.at, at(20));
}

TEST(Since, AProbeOfAnOffsetThatHasMovedIsIgnored) {
  Partition p;
  p.refresh(0, 10).commit(1, 10).commit(5, 12).probe(10, 11, 3);
  EXPECT_EQ(p.history.position(), Offset{12});
  EXPECT_FALSE(p.history.probe_record.has_value());
}

TEST(Since, TheNextCommitTakesThePositionBackFromTheProbe) {
  Partition p;
  p.refresh(0, 10).commit(1, 10).refresh(10, 20).probe(10, 15, {}).commit(11, 12);
  EXPECT_EQ(p.history.position(), Offset{12});
  p.commit(12, 12);
  EXPECT_EQ(p.history.position(), Offset{12});
}

TEST(Since, AMoveOverACommitMarkerIsAsLateAsTheRecordsAfterIt) {
  Partition p;
  p.refresh(0, 10).commit(1, 10);
  for (int i = 1; i <= 360; ++i) p.refresh(i * 10, 11);
  p.probe(10, 11, {}).refresh(3610, 12).commit(3615, 12).refresh(3620, 12);
  EXPECT_EQ(p.history.gaps.held.at(0).length, span(15));
}

// --- a log end that falls ------------------------------------------------------------------------

TEST(AFallenLogEnd, LeavesOnlyTheNewestCommit) {
  Partition p;
  p.refresh(0, 0);
  for (int i = 1; i <= 30; ++i) p.commit(i * 60 - 30, i * 10).refresh(i * 60, i * 20);
  ASSERT_GT(p.history.gaps.count, 1);
  p.commit(1790, 310).refresh(1800, 5);
  EXPECT_THAT(p.window(), ElementsAre(Pair(1790, 310)));
  EXPECT_EQ(p.history.gaps.count, 0);
  EXPECT_EQ(p.history.lateness.count, 0);
  EXPECT_TRUE(p.history.pending.empty());
  EXPECT_FALSE(p.history.run.any_lateness);
}

TEST(AFallenLogEnd, IsNoReasonToCallTheNextCommitAStepBack) {
  Partition p;
  p.refresh(0, 500).commit(5, 500).refresh(10, 3).commit(20, 3).refresh(20, 3);
  for (int i = 3; i < 20; ++i) p.refresh(i * 10, 3 + i);
  EXPECT_THAT(p.window(), ElementsAre(Pair(20, 3)));
  EXPECT_EQ(p.history.gaps.count, 0);
  EXPECT_EQ(p.judge(190).reason, Reason::warming_up);
}

TEST(AFallenLogEnd, OneRefreshAfterTheCommitProvesNothingYet) {
  Partition p;
  p.refresh(0, 500).commit(5, 500).refresh(15, 3);
  EXPECT_EQ(p.judge(15).reason, Reason::caught_up);
  p.refresh(25, 3);
  EXPECT_EQ(p.judge(25).reason, Reason::beyond_log_end);
}

TEST(AFallenLogEnd, RepeatingTheOldOffsetDoesNotHideIt) {
  Partition p;
  p.refresh(0, 500).commit(5, 500).refresh(16, 3).commit(17, 500);
  EXPECT_EQ(p.judge(17).reason, Reason::beyond_log_end);
  p.commit(18, 500).refresh(26, 700).commit(28, 500);
  EXPECT_EQ(p.judge(28).reason, Reason::warming_up);
}

// --- beyond the log end --------------------------------------------------------------------------

TEST(BeyondLogEnd, StandsUntilACommitThatTheLogEndCovers) {
  Partition p;
  p.commit(0, 100).refresh(11, 90);
  EXPECT_EQ(p.judge(11).reason, Reason::beyond_log_end);
  p.refresh(20, 120);
  EXPECT_EQ(p.judge(20).reason, Reason::beyond_log_end);
  p.commit(25, 100);
  EXPECT_EQ(p.judge(25).reason, Reason::warming_up);
}

TEST(BeyondLogEnd, ARepeatedCommitThatIsStillBeyondChangesNothing) {
  Partition p;
  p.commit(0, 100).refresh(11, 90).commit(15, 100).commit(20, 100);
  EXPECT_EQ(p.judge(20).reason, Reason::beyond_log_end);
}

TEST(BeyondLogEnd, AMoveIsJudgedAnew) {
  Partition p;
  p.commit(0, 100).refresh(11, 90).commit(15, 95);
  EXPECT_EQ(p.judge(15).reason, Reason::caught_up);
  p.refresh(25, 94);
  EXPECT_EQ(p.judge(25).reason, Reason::caught_up);
  p.refresh(26, 94);
  EXPECT_EQ(p.judge(26).reason, Reason::beyond_log_end);
}

TEST(BeyondLogEnd, AMemberThatRepeatsAnOldOffsetDoesNotHideIt) {
  Partition p;
  p.refresh(0, 100);
  for (int i = 1; i < 40; ++i) {
    p.commit(i * 5, 100);
    if (i % 2 == 0) p.refresh(i * 5, i < 20 ? 100 : 7);
  }
  EXPECT_EQ(p.judge(195).reason, Reason::beyond_log_end);
}

// --- the order of events -------------------------------------------------------------------------

TEST(Replay, ACommitComesBeforeTheRefreshOfTheSameInstant) {
  Tale tale;
  tale.one_log_end(0, 100).commit(10, 7).one_log_end(10, 5).commit(50, 4).one_log_end(50, 5);
  EXPECT_THAT(tale.judged_at(50).verdict.samples, 1) << "7 was committed before the log end fell";
}

TEST(LogEndFell, ACommitThatStillFitsStaysTheFirstSample) {
  Tale tale;
  tale.one_log_end(0, 100).commit(5, 1).commit(40, 3).one_log_end(45, 5);
  tale.commit(80, 4).one_log_end(85, 5);
  EXPECT_THAT(tale.judged_at(85).verdict.samples, 2);
}

TEST(Replay, ACommitLaterThanNowCountsAsNow) {
  Tale tale;
  Story story = tale.one_log_end(0, 5).until(20);
  story.log_ends.push_back({Offset{9}, at(20)});
  story.commits = {{Offset{5}, at(0)}, {Offset{7}, at(500)}};
  const PartitionHistory history = replay(story).history;
  EXPECT_EQ(history.newest().at, at(20));
  EXPECT_EQ(history.gaps.held.at(0).length, span(20));
}

TEST(Replay, ALogEndLaterThanNowIsNotSeenYet) {
  Tale tale;
  Story story = tale.commit(0, 5).one_log_end(0, 5).until(20);
  story.log_ends.push_back({Offset{9}, at(20) + Duration{1}});
  EXPECT_EQ(replay(story).verdict.lag, 0);
}

// --- restarts ------------------------------------------------------------------------------------

TEST(N5, AfterARestartADeadGroupIsStillStopped) {
  Partition p;
  p.refresh(0, 10).commit(1, 10);
  for (int i = 1; i <= 61; ++i) p.refresh(i * 10, 20);
  ASSERT_EQ(p.judge(611).reason, Reason::stopped);
  Partition restarted;
  restarted.history = p.history;
  restarted.refresh(900, 25);
  EXPECT_EQ(restarted.judge(900).reason, Reason::stopped);
  EXPECT_EQ(restarted.judge(900).time_lag(at(900)), span(900));
}

TEST(LateCommits, CountAsIfTheyHadComeInTime) {
  Partition in_time;
  in_time.refresh(0, 0).commit(5, 0).refresh(10, 10).commit(15, 8).refresh(20, 20).refresh(30, 30);
  Partition late;
  late.refresh(0, 0).commit(5, 0).refresh(10, 10).refresh(20, 20).refresh(30, 30).commit(15, 8);
  EXPECT_EQ(late.history.gaps.held.at(0).length, in_time.history.gaps.held.at(0).length);
  EXPECT_EQ(late.history.run.any_lateness, in_time.history.run.any_lateness);
  EXPECT_EQ(late.history.unread_since.at, in_time.history.unread_since.at);
}

}  // namespace
}  // namespace tidemark::test
