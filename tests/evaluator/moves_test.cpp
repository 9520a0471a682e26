// What moves leave behind: busy gaps and patience, lateness, runs and what is usual.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <vector>

#include "tests/evaluator/tale.h"

namespace tidemark::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using enum PartitionStatus;

const Line one_a_second{{0, 0}, {400 * hour, 400 * hour}};

std::vector<double> minutes_of(const RememberedFour& four) {
  std::vector<double> out;
  for (std::size_t i = 0; i < four.count; ++i) {
    out.push_back(to_seconds(four.held.at(i).length) / 60);
  }
  return out;
}

PartitionHistory history_at(const Tale& tale, double now) { return tale.judged_at(now).history; }

double patience_at(const Tale& tale, double now) {
  return to_seconds(patience(history_at(tale, now), tale.policy));
}

// --- patience ------------------------------------------------------------------------------------

// Records arrive all the time; commits at these minutes read everything.
Tale reads_all_at(std::initializer_list<double> minutes_past) {
  Tale tale;
  tale.refresh(60).log_end(0, one_a_second);
  for (const double past : minutes_past) tale.commit(past * minute, one_a_second(past * minute));
  return tale;
}

TEST(Patience, IsThreeTimesTheSecondLargestBusyGap) {
  const Tale tale = reads_all_at({0, 12, 24});
  EXPECT_THAT(minutes_of(history_at(tale, 25 * minute).gaps), ElementsAre(12, 12));
  EXPECT_EQ(patience_at(tale, 25 * minute), 36 * minute);
  EXPECT_EQ(tale.judged_at(60 * minute).verdict.status, ok);
  EXPECT_EQ(tale.judged_at(60 * minute + ms).verdict.status, stopped);
}

TEST(Patience, IsNotMadeLongerByOneOutage) {
  const Tale tale = reads_all_at({0, 12, 24, 144});
  EXPECT_THAT(minutes_of(history_at(tale, 145 * minute).gaps), ElementsAre(12, 12, 120));
  EXPECT_EQ(patience_at(tale, 145 * minute), 36 * minute);
}

TEST(Patience, IsNotKnownWithOneGap) {
  const Tale tale = reads_all_at({0, 12});
  EXPECT_EQ(patience_at(tale, 13 * minute), 10 * minute);
}

TEST(Patience, HasAFloorAndACeiling) {
  Tale brisk = reads_all_at({0, 1, 2});
  EXPECT_EQ(patience_at(brisk, 3 * minute), 300);
  Tale slow = reads_all_at({0, 900, 1800});
  EXPECT_EQ(patience_at(slow, 1801 * minute), 30 * hour);
  slow.policy.patience_max = span(2 * hour);
  EXPECT_EQ(patience_at(slow, 1801 * minute), 2 * hour);
}

TEST(Patience, AMoveCountsFromTheFirstRefreshAtOrAfterIt) {
  Tale tale = reads_all_at({0, 12});
  tale.commit(24 * minute + 1, 1441);
  EXPECT_THAT(minutes_of(history_at(tale, 25 * minute - 1).gaps), ElementsAre(12));
  EXPECT_EQ(history_at(tale, 25 * minute).gaps.count, 2);
}

TEST(BusyGap, DoesNotCountIdleness) {
  Tale tale;
  tale.log_end(0, Line{{0, 0}, {3600, 0}, {3610, 5}}).commit(0, 0).commit(3620, 5);
  EXPECT_THAT(minutes_of(history_at(tale, 3630).gaps), ElementsAre(20.0 / 60));
}

TEST(BusyGap, OfNothingIsNotRemembered) {
  Tale tale;
  tale.log_end(0, 10, Line{{0, 5}}).log_end(20, Line{{20, 5}}).commit(0, 4).commit(15, 5);
  tale.policy.allowed_lag = 1;
  EXPECT_THAT(minutes_of(history_at(tale, 25).gaps), IsEmpty());
}

TEST(BusyGap, CountsFromStandingSinceWhereTheHistoryShowsNothing) {
  Tale before_the_history;
  before_the_history.log_end(1000, Line{{0, 5000}}).commit(0, 10).commit(240, 20).commit(990, 30);
  EXPECT_THAT(minutes_of(history_at(before_the_history, 1000).gaps), ElementsAre(4, 12.5));
  Tale hole;
  hole.one_log_end(0, 10).one_log_end(31, 20).commit(1, 10).commit(25, 20);
  EXPECT_THAT(minutes_of(history_at(hole, 32).gaps), ElementsAre(24.0 / 60));
  Tale no_hole;
  no_hole.one_log_end(0, 10).one_log_end(30, 20).commit(1, 10).commit(25, 20);
  EXPECT_THAT(minutes_of(history_at(no_hole, 31).gaps), ElementsAre(24.0 / 60));
}

TEST(BusyGap, BeginsWhenMoreWaitsThanIsAllowed) {
  Tale tale;
  tale.policy.allowed_lag = 50;
  tale.log_end(0, one_a_second).commit(0, 0).commit(80, 60);
  EXPECT_THAT(minutes_of(history_at(tale, 90).gaps), ElementsAre(0.5));
}

TEST(BusyGap, OfAStepBackCountsToo) {
  Tale tale;
  tale.log_end(0, one_a_second).commit(0, 0).commit(120, 100).commit(240, 50);
  EXPECT_THAT(minutes_of(history_at(tale, 250).gaps), ElementsAre(2, 2));
}

TEST(BusyGap, IsForgottenAfterFiveTimesItsLengthWhenANewOneBeginsLater) {
  // 20 min are longer than patience_unknown: remembered for 100 min after minute 20.
  Tale fresh = reads_all_at({0, 20, 119, 120, 121});
  EXPECT_THAT(minutes_of(history_at(fresh, 130 * minute).gaps), ElementsAre(20, 99, 1, 1));
  Tale at_the_end = reads_all_at({0, 20, 120, 125});
  EXPECT_THAT(minutes_of(history_at(at_the_end, 130 * minute).gaps), ElementsAre(20, 100, 5));
  Tale expired = reads_all_at({0, 20, 121, 125});
  EXPECT_THAT(minutes_of(history_at(expired, 130 * minute).gaps), ElementsAre(101, 4));
}

TEST(BusyGap, AShortOneIsRememberedForDays) {
  Tale fresh = reads_all_at({0, 10, 72 * 60 + 10, 72 * 60 + 11});
  EXPECT_THAT(minutes_of(history_at(fresh, 73 * hour).gaps), ElementsAre(10, 4320, 1));
  Tale expired = reads_all_at({0, 10, 72 * 60 + 11, 72 * 60 + 12});
  EXPECT_THAT(minutes_of(history_at(expired, 73 * hour).gaps), ElementsAre(4321, 1));
}

TEST(Remembered, TheSmallestLeavesAndOfEqualsTheOldest) {
  RememberedFour four;
  for (const double length : {3.0, 1.0, 2.0, 1.0}) four.add({span(length), at(four.count)});
  four.add({span(1), at(9)});
  EXPECT_EQ(four.held.at(3).from, at(9));
  EXPECT_EQ(four.held.at(2).from, at(3));
  four.add({span(0.5), at(10)});
  EXPECT_EQ(four.count, 4);
  EXPECT_EQ(four.held.at(3).from, at(9));
  EXPECT_EQ(four.second_largest(), span(2));
}

// All orders of up to four lengths out of four, beside sorting them; what was held before does not
// count.
TEST(Remembered, TheSecondLargestIsTheSecondOfThoseInOrder) {
  for (int code = 0; code < 4 * 256; ++code) {
    RememberedFour four;
    four.held.fill({span(9), at(0)});
    four.count = static_cast<std::uint8_t>(code / 256 + 1);
    std::vector<Duration> lengths;
    for (int i = 0; i < four.count; ++i) {
      four.held.at(static_cast<std::size_t>(i)).length = span((code >> (2 * i)) % 4);
      lengths.push_back(span((code >> (2 * i)) % 4));
    }
    std::sort(lengths.begin(), lengths.end(), std::greater<>());
    const auto expected = four.count > 1 ? std::optional(lengths.at(1)) : std::nullopt;
    ASSERT_EQ(four.second_largest(), expected) << code;
  }
}

// --- runs ----------------------------------------------------------------------------------------

// A commit a minute. It reads all until 10 min, then half of what arrives, then faster again, until
// a move leaves 30 s of records.
Tale the_example() {
  Tale tale;
  tale.log_end(0, one_a_second);
  tale.commits(0, 600, minute, one_a_second);
  for (int i = 1; i <= 5; ++i) tale.commit(600 + i * minute, 600 + i * 30);
  return tale.commit(960, 870).commit(1020, 930).commit(1080, 1050);
}

struct Step {
  double when;
  double newest, worst, least;
  Reason reason;
};

class RunByExample : public testing::TestWithParam<Step> {};

TEST_P(RunByExample, GoesAsItSays) {
  const Step& step = GetParam();
  const Replayed got = the_example().judged_at(step.when);
  EXPECT_EQ(to_seconds(got.history.run.newest), step.newest);
  EXPECT_EQ(to_seconds(got.history.run.worst), step.worst);
  EXPECT_EQ(to_seconds(got.history.run.least), step.least);
  EXPECT_EQ(to_string(got.verdict.reason), to_string(step.reason));
}

INSTANTIATE_TEST_SUITE_P(MinuteByMinute, RunByExample,
                         testing::Values(Step{615, 0, 0, 0, Reason::keeping_up},
                                         Step{660, 0, 0, 0, Reason::keeping_up},
                                         Step{720, 0, 0, 0, Reason::keeping_up},
                                         Step{780, 120, 120, 120, Reason::keeping_up},
                                         Step{840, 150, 150, 120, Reason::keeping_up},
                                         Step{900, 180, 180, 120, Reason::falling_behind},
                                         Step{960, 210, 210, 120, Reason::falling_behind},
                                         Step{1020, 150, 210, 120, Reason::catching_up},
                                         Step{1080, 0, 0, 0, Reason::keeping_up}));

TEST(RunByExample, ItsWorstIsRememberedAndMakesTheOneBeforeUsual) {
  const Replayed got = the_example().judged_at(1081);
  EXPECT_THAT(minutes_of(got.history.lateness), ElementsAre(1, 1, 1.5, 3.5));
  EXPECT_EQ(usual_lateness(got.history, at(1081), {}), span(90));
}

// --- what begins, ends and interrupts a run ------------------------------------------------------

// Reads half of what arrives from the beginning, a commit a minute: 120 s late at 3 min, and 30 s
// later each minute. A run since 3 min.
Tale half_speed(double until) {
  Tale tale;
  tale.log_end(0, one_a_second).commits(0, until, minute, [](double s) {
    return static_cast<std::int64_t>(s / 2);
  });
  return tale;
}

TEST(Run, AMoveThatLeavesJustAllowedTimeLagEndsIt) {
  EXPECT_FALSE(half_speed(2 * minute).judged_at(120).history.run.open);
  Tale longer = half_speed(minute);
  EXPECT_TRUE(longer.commit(120, 59).judged_at(120).history.run.open);
}

TEST(Run, GoesOnWhereTheHistoryDoesNotShowWhatAMoveLeaves) {
  Tale blind;
  blind.one_log_end(0, 10).one_log_end(31, 30).commit(1, 10).commit(25, 20);
  const auto run = blind.judged_at(32).history.run;
  EXPECT_TRUE(run.open);
  EXPECT_FALSE(run.any_lateness);
}

TEST(Run, AStepBackEndsItAndNothingIsRemembered) {
  Tale tale = half_speed(6 * minute);
  ASSERT_TRUE(tale.judged_at(360).history.run.open);
  const auto before = tale.judged_at(360).history.lateness.count;
  const PartitionHistory after = tale.commit(420, 100).judged_at(420).history;
  EXPECT_FALSE(after.run.open);
  EXPECT_FALSE(after.run.lateness_in_run);
  EXPECT_TRUE(after.run.any_lateness);
  EXPECT_EQ(after.lateness.count, before);
}

TEST(Run, AnOutageBeginsWorstAndLeastAfreshWithItsOwnMove) {
  Tale tale = half_speed(10 * minute);
  ASSERT_EQ(tale.judged_at(600).verdict.reason, Reason::falling_behind);
  // 300 s are the patience; this gap is one second longer.
  tale.commit(901, 330);
  const Replayed got = tale.judged_at(910);
  EXPECT_EQ(got.history.run.worst, span(601));
  EXPECT_EQ(got.history.run.least, span(601));
  EXPECT_TRUE(got.history.run.held_outage);
  EXPECT_EQ(got.verdict.reason, Reason::keeping_up);
}

TEST(Run, AGapAsLongAsThePatienceIsNoOutage) {
  Tale tale = half_speed(10 * minute);
  tale.commit(900, 330);
  const Replayed got = tale.judged_at(900);
  EXPECT_FALSE(got.history.run.held_outage);
  EXPECT_EQ(got.verdict.reason, Reason::falling_behind);
}

TEST(Run, OneThatHeldAnOutageIsNotRemembered) {
  Tale tale = half_speed(10 * minute);
  const auto before = tale.judged_at(600).history.lateness.count;
  tale.commit(901, 330).commit(960, 950);
  const PartitionHistory after = tale.judged_at(960).history;
  EXPECT_FALSE(after.run.open);
  EXPECT_EQ(after.lateness.count, before);
}

TEST(Run, FallingBehindNeedsThreeTimesTheUsual) {
  // Late by 120, 150, 180 s and so on; usual are 60 and 90 s at first.
  EXPECT_EQ(half_speed(4 * minute).judged_at(240).verdict.reason, Reason::keeping_up);
  EXPECT_EQ(half_speed(5 * minute).judged_at(300).verdict.reason, Reason::falling_behind);
}

TEST(Run, ThreeQuartersOfTheWorstIsNotYetBetter) {
  // 180 s late at 5 min, then as late as three quarters of it: 135 s.
  Tale just = half_speed(4 * minute);
  just.commit(300, 225).commit(360, 240);
  ASSERT_EQ(just.judged_at(300).history.run.worst, span(180));
  EXPECT_EQ(just.judged_at(360).history.run.newest, span(135));
  EXPECT_EQ(just.judged_at(360).verdict.reason, Reason::falling_behind);
  Tale better = half_speed(4 * minute);
  better.commit(300, 226).commit(360, 240);
  EXPECT_EQ(better.judged_at(360).verdict.reason, Reason::catching_up);
}

TEST(Run, CatchingUpIsBelowThreeQuartersOfTheWorst) {
  Tale just;
  just.policy.allowed_time_lag = span(20);
  just.log_end(0, one_a_second).commit(0, 0).commit(120, 90).commit(180, 150);
  EXPECT_EQ(just.judged_at(185).verdict.reason, Reason::keeping_up);
  Tale below;
  below.policy.allowed_time_lag = span(20);
  below.log_end(0, one_a_second).commit(0, 0).commit(120, 91).commit(180, 150);
  EXPECT_EQ(below.judged_at(185).verdict.reason, Reason::catching_up);
}

TEST(Run, LatenessOfNothingIsNotRemembered) {
  Tale tale;
  tale.policy.allowed_lag = 100;
  tale.log_end(0, one_a_second).commits(0, 600, minute, one_a_second);
  const PartitionHistory history = tale.judged_at(600).history;
  EXPECT_TRUE(history.run.any_lateness);
  EXPECT_EQ(history.lateness.count, 0);
}

TEST(Run, UsualLatenessIsForgottenAfterItsTime) {
  PartitionHistory history;
  Policy policy;
  policy.remember = span(100);
  EXPECT_EQ(usual_lateness(history, at(0), policy), span(0));
  history.lateness.add({span(9), at(0)});
  EXPECT_EQ(usual_lateness(history, at(100), policy), span(9));
  history.lateness.add({span(5), at(50)});
  EXPECT_EQ(usual_lateness(history, at(100), policy), span(5));
  EXPECT_EQ(usual_lateness(history, at(100 + ms), policy), span(5));
  EXPECT_EQ(usual_lateness(history, at(150 + ms), policy), span(0));
}

// --- moves that wait for a refresh that does not come --------------------------------------------

TEST(PendingMoves, AreFewEvenIfTheLogEndCanNeverBeRead) {
  Tale tale;
  tale.commits(0, 3 * hour, 1, one_a_second);
  const PartitionHistory history = tale.judged_at(3 * hour).history;
  EXPECT_LE(history.pending.size(), 16U);
  EXPECT_EQ(history.gaps.count, 4);
}

TEST(PendingMoves, WaitForTheRefreshAsLongAsItMayStillShowThatNothingWaited) {
  Tale tale;
  tale.policy.allowed_lag = 1000;
  tale.one_log_end(0, 0).commits(5, 95, 1, one_a_second).one_log_end(100, 100);
  EXPECT_EQ(history_at(tale, 99).pending.size(), 90U);
  EXPECT_EQ(history_at(tale, 100).gaps.count, 0);
}

TEST(PendingMoves, GiveTheSameResultAsIfTheyHadAllWaited) {
  const auto offset = [](double s) { return static_cast<std::int64_t>(s / 7); };
  Tale few;
  few.one_log_end(0, 0).commits(5, 54, 7, offset).one_log_end(100, 100);
  Tale many;
  many.one_log_end(0, 0).commits(5, 54, 1, offset).one_log_end(100, 100);
  EXPECT_EQ(minutes_of(history_at(few, 100).gaps), minutes_of(history_at(many, 100).gaps));
  EXPECT_EQ(history_at(few, 100).run.open, history_at(many, 100).run.open);
}

}  // namespace
}  // namespace tidemark::test
