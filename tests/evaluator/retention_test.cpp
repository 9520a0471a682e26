#include "evaluator/retention.h"

#include <gtest/gtest.h>

#include "tests/evaluator/partition.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::at;
using test::hour;

constexpr Duration week = hours{168};

TopicSettings kept_for(std::optional<Duration> time, std::optional<std::int64_t> bytes = {}) {
  TopicSettings out;
  out.retention = time;
  out.retention_bytes = bytes;
  return out;
}

// A topic of a week, by default; log end 1,000, and the record at 400 waits since the beginning.
struct Story {
  RetentionEvidence evidence{kept_for(week), Offset{0}, Offset{1000}, {}, {}, {}};
  OldestUnread record{Offset{400}, at(0)};
  Policy policy;

  [[nodiscard]] std::optional<ExpectedLoss> loss(double now) const {
    return expected_loss(record, evidence, at(now));
  }
  [[nodiscard]] bool at_risk(double now) const {
    const auto expected = loss(now);
    return expected && retention_risk(record, *expected, policy, at(now)).now;
  }
};

TEST(RetentionByTime, ARecordGoesWhenItIsAsOldAsTheTopicAllows) {
  const Story story;
  const auto loss = story.loss(100);
  ASSERT_TRUE(loss);
  EXPECT_EQ(loss->by, ExpectedLoss::By::time);
  EXPECT_EQ(loss->at, at(168 * hour));
}

TEST(RetentionByTime, ItIsAtRiskFromSixHoursBefore) {
  const Story story;
  EXPECT_FALSE(story.at_risk(162 * hour - 1));
  EXPECT_TRUE(story.at_risk(162 * hour));
  EXPECT_TRUE(story.at_risk(170 * hour)) << "and as long as it is still there";
}

TEST(RetentionByTime, ThePolicySaysHowLongBefore) {
  Story story;
  story.policy.retention_risk_within = hours{1};
  EXPECT_FALSE(story.at_risk(166 * hour));
  EXPECT_TRUE(story.at_risk(167 * hour));
}

TEST(RetentionByTime, WhenItIsNotYetSoItIsKnownWhenItWillBe) {
  const Story story;
  const auto risk = retention_risk(story.record, *story.loss(0), story.policy, at(0));
  EXPECT_FALSE(risk.now);
  EXPECT_EQ(risk.due, at(162 * hour));
}

TEST(RetentionByTime, AFreshRecordOfATopicThatIsKeptForAnHourIsInNoDanger) {
  Story story;
  story.evidence.settings = kept_for(hours{1});
  EXPECT_FALSE(story.at_risk(60)) << "not older than allowed_time_lag";
  EXPECT_EQ(retention_risk(story.record, *story.loss(0), story.policy, at(0)).due, at(60.001));
  EXPECT_TRUE(story.at_risk(61));
}

TEST(RetentionByTime, OneOfATopicThatIsKeptForAMinuteIs) {
  Story story;
  story.evidence.settings = kept_for(minutes{1});
  EXPECT_TRUE(story.at_risk(1));
}

TEST(RetentionByTime, WithoutALimitNothingGoes) {
  Story story;
  story.evidence.settings = kept_for(std::nullopt);
  EXPECT_FALSE(story.loss(10'000 * hour));
}

TEST(RetentionByTime, ACompactedTopicLosesNothing) {
  Story story;
  story.evidence.settings->deletes = false;
  story.evidence.settings->compacts = true;
  EXPECT_FALSE(story.loss(1000 * hour));
}

TEST(RetentionByTime, ARecordOfUnknownAgeIsNotJudged) {
  Story story;
  story.record.since.reset();
  EXPECT_FALSE(story.loss(1000 * hour));
}

TEST(RetentionBySize, TodaysProductionPushesTheRecordOut) {
  Story story;
  story.evidence.settings = kept_for(std::nullopt, 1'000'000);
  story.evidence.fits = 1600;
  story.evidence.produced = 2.0;
  const auto loss = story.loss(50);  // room for 1,000 more
  ASSERT_TRUE(loss);
  EXPECT_EQ(loss->by, ExpectedLoss::By::size);
  EXPECT_EQ(loss->at, at(550));
  EXPECT_FALSE(story.at_risk(50)) << "younger than allowed_time_lag";
  EXPECT_TRUE(story.at_risk(70));
}

TEST(RetentionBySize, MoreThanFitsMayGoAtAnyTime) {
  Story story;
  story.evidence.settings = kept_for(std::nullopt, 1'000'000);
  story.evidence.fits = 500;
  EXPECT_EQ(story.loss(50)->at, at(50));
}

TEST(RetentionBySize, WithoutProductionItNeverGoes) {
  Story story;
  story.evidence.settings = kept_for(std::nullopt, 1'000'000);
  story.evidence.fits = 1600;
  story.evidence.produced = 0.0;
  EXPECT_FALSE(story.loss(50));
}

TEST(RetentionBySize, WhatFitsIsNotClaimedBeforeItWasSeen) {
  Story story;
  story.evidence.settings = kept_for(std::nullopt, 1'000'000);
  story.evidence.produced = 1e6;
  EXPECT_FALSE(story.loss(50));
}

TEST(RetentionByBoth, TheEarlierCounts) {
  Story story;
  story.evidence.settings = kept_for(week, 1'000'000);
  story.evidence.fits = 1600;
  story.evidence.produced = 2.0;
  EXPECT_EQ(story.loss(0)->by, ExpectedLoss::By::size);
  story.evidence.produced = 0.0001;
  EXPECT_EQ(story.loss(0)->by, ExpectedLoss::By::time);
}

TEST(RetentionUnknown, LogStartAsItMovesServesWhereSettingsCannotBeRead) {
  Story story;
  story.evidence.settings.reset();
  EXPECT_FALSE(story.loss(0)) << "it was not seen moving";
  story.evidence.start_moving = 1.0;
  const auto loss = story.loss(0);
  ASSERT_TRUE(loss);
  EXPECT_EQ(loss->by, ExpectedLoss::By::log_start);
  EXPECT_EQ(loss->at, at(401)) << "gone when log start is beyond it";
}

TEST(RetentionUnknown, WhereSettingsAreKnownItsSpeedSaysNothing) {
  Story story;
  story.evidence.start_moving = 1000.0;
  EXPECT_EQ(story.loss(0)->by, ExpectedLoss::By::time);
}

// --- what log starts teach ---------------------------------------------------------------------

LogStartLog::Move move(double when, std::int64_t start, std::int64_t end, Duration age) {
  return {Offset{start}, Offset{end}, at(when), age};
}

TEST(LogStartLogTest, WhatALimitBySizeLeavesIsKnownWhenItWasSeenTwice) {
  LogStartLog log;
  EXPECT_FALSE(log.fits(std::nullopt));
  log.moved(move(0, 100, 1100, hours{1}));
  EXPECT_FALSE(log.fits(week)) << "once may have been by hand";
  log.moved(move(60, 200, 1250, hours{1}));
  EXPECT_EQ(log.fits(week), 1050) << "the larger one accuses less";
}

TEST(LogStartLogTest, ADeletionByAgeTeachesNothingAboutSize) {
  LogStartLog log;
  for (int i = 0; i < 4; ++i) log.moved(move(i * 60, 100 * i, 100 * i + 50, week));
  EXPECT_FALSE(log.fits(week));
  EXPECT_TRUE(log.fits(hours{1000}));
}

TEST(LogStartLogTest, NorOneOfRecordsOfUnknownAgeUnlessThereIsNoLimitByTime) {
  LogStartLog log;
  for (int i = 0; i < 2; ++i) log.moved(move(i * 60, 100 * i, 1000, Duration{-1}));
  EXPECT_FALSE(log.fits(week));
  EXPECT_TRUE(log.fits(std::nullopt));
}

TEST(LogStartLogTest, ItsSpeedFallsWhileItStands) {
  LogStartLog log;
  for (int i = 0; i < 4; ++i) {
    EXPECT_FALSE(log.speed(at(100 * i))) << "seen moving " << i << " times";
    log.moved(move(100 * i, 200 * i, 1000, hours{1}));
  }
  EXPECT_DOUBLE_EQ(*log.speed(at(350)), 2.0);
  EXPECT_DOUBLE_EQ(*log.speed(at(700)), 1.0) << "the next one is three turns late";
}

// --- the oldest unread record, from the history ------------------------------------------------

TEST(OldestUnreadTest, IsThatAtThePositionSinceItWaits) {
  test::Partition p;
  p.refresh(0, 100).commit(1, 100).refresh(10, 100).refresh(20, 120);
  const OldestUnread seen = oldest_unread(p.history, p.log_ends, Offset{0});
  EXPECT_EQ(seen.offset, Offset{100});
  EXPECT_EQ(seen.since, at(10));
}

TEST(OldestUnreadTest, AfterALossIsThatAtLogStart) {
  test::Partition p;
  p.refresh(0, 100).commit(1, 100).refresh(10, 100).refresh(20, 200).refresh(30, 300);
  const OldestUnread seen = oldest_unread(p.history, p.log_ends, Offset{250});
  EXPECT_EQ(seen.offset, Offset{250});
  EXPECT_EQ(seen.since, at(25)) << "when the log end passed it";
}

TEST(OldestUnreadTest, ARecordThatIsOlderThanItsComingGoesByItsOwnTimestamp) {
  test::Partition p;
  p.refresh(0, 100).commit(1, 100).refresh(10, 100).refresh(20, 120).probe(100, 100, -5000);
  EXPECT_EQ(oldest_unread(p.history, p.log_ends, Offset{0}).since, at(-5000));
}

TEST(LossSentenceTest, NamesPartitionLimitAndTimeLeft) {
  const ExpectedLoss by_time{ExpectedLoss::By::time, at(7200)};
  EXPECT_EQ(loss_sentence("orders-3", by_time, kept_for(week), at(3600)),
            "the oldest unread record of orders-3 reaches retention.ms (7 d) in 60 min");
  EXPECT_EQ(
      loss_sentence("orders-3", by_time, kept_for(week), at(7200)),
      "the oldest unread record of orders-3 is past retention.ms (7 d) and may go at any time");
  EXPECT_EQ(loss_sentence("orders-3", {ExpectedLoss::By::size, at(300)}, kept_for(week), at(0)),
            "the oldest unread record of orders-3, at today's production, is pushed out of "
            "retention.bytes in 300 s");
  EXPECT_EQ(loss_sentence("orders-3", {ExpectedLoss::By::log_start, at(300)}, {}, at(0)),
            "the oldest unread record of orders-3 is reached by log start, as it moves, in 300 s");
}

// --- production, from log ends -----------------------------------------------------------------

TEST(ProducedPerSecond, IsTheSlopeOfTheNewestTime) {
  LogEndHistory ends;
  for (int i = 0; i <= 60; ++i)
    ends.append({Offset{i < 30 ? 0 : (i - 30) * 50}, at(i * 10)}, seconds{10});
  EXPECT_DOUBLE_EQ(*ends.produced_per_second(seconds{300}), 5.0);
  EXPECT_DOUBLE_EQ(*ends.produced_per_second(seconds{600}), 2.5);
  EXPECT_DOUBLE_EQ(*ends.produced_per_second(hours{1}), 2.5) << "as far back as was seen";
  EXPECT_NEAR(*ends.produced_per_second(seconds{95}), 5.0, 0.01) << "between two refreshes";
}

TEST(ProducedPerSecond, IsUnknownAtFirstAndNothingWhereNothingIsWritten) {
  LogEndHistory ends;
  EXPECT_FALSE(ends.produced_per_second(seconds{300}));
  ends.append({Offset{100}, at(0)}, seconds{10});
  EXPECT_FALSE(ends.produced_per_second(seconds{300}));
  ends.append({Offset{100}, at(10)}, seconds{10});
  EXPECT_EQ(ends.produced_per_second(seconds{300}), 0.0);
}

TEST(LastRise, IsWhenTheLogEndCameToWhereItIs) {
  LogEndHistory ends;
  EXPECT_FALSE(ends.last_rise());
  ends.append({Offset{100}, at(0)}, seconds{10});
  EXPECT_FALSE(ends.last_rise()) << "when that was written nobody saw";
  ends.append({Offset{120}, at(10)}, seconds{10});
  ends.append({Offset{120}, at(20)}, seconds{10});
  EXPECT_EQ(ends.last_rise(), at(10));
}

}  // namespace
}  // namespace tidemark
