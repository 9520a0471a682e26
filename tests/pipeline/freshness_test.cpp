#include "daemon/pipeline/freshness.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::seconds;
constexpr Instant noon = from_ms(1'700'000'000'000);

OffsetsPosition at(std::int32_t partition, std::int64_t next) { return {partition, Offset{next}}; }

// A refresh in which everything up to the log end may be read.
void polled(Freshness& freshness, Instant when, std::int32_t partition, std::int64_t end) {
  freshness.polled(when, partition, Offset{end}, Offset{end});
}

class TwoPartitions : public testing::Test {
 protected:
  TwoPartitions() { freshness.goal({{at(0, 100), at(1, 0)}, {at(0, 150), at(1, 50)}}); }
  Freshness freshness;
};

TEST(Freshness, KnowsNothingBeforeItIsToldTheGoal) {
  const Freshness freshness;
  EXPECT_TRUE(freshness.starting(0));
  EXPECT_FALSE(freshness.caught_up());
  EXPECT_EQ(freshness.read_until(0), std::nullopt);
}

TEST(Freshness, AClusterWithoutAnOffsetsTopicIsCaughtUp) {
  Freshness freshness;
  freshness.resize(0);
  EXPECT_TRUE(freshness.caught_up());
}

TEST_F(TwoPartitions, CatchUpIsCountedFromLogStartToTheEndAtStart) {
  freshness.position(at(0, 125));
  const auto progress = freshness.progress();
  EXPECT_EQ(progress.done, 25U);
  EXPECT_EQ(progress.total, 100U);
  EXPECT_TRUE(freshness.starting(0));
}

TEST_F(TwoPartitions, EachPartitionEndsItsStartByItself) {
  freshness.position(at(0, 150));
  EXPECT_FALSE(freshness.starting(0));
  EXPECT_TRUE(freshness.starting(1));
  freshness.position(at(1, 51));
  EXPECT_TRUE(freshness.caught_up());
  EXPECT_EQ(freshness.progress().done, 100U);
}

TEST(Freshness, AnEmptyPartitionNeedsNoReading) {
  Freshness freshness;
  freshness.goal({{at(0, 0)}, {at(0, 0)}});
  EXPECT_TRUE(freshness.caught_up());
}

TEST_F(TwoPartitions, IsReadUntilTheRefreshWhoseEndWasReached) {
  freshness.position(at(0, 150));
  polled(freshness, noon, 0, 160);
  EXPECT_EQ(freshness.read_until(0), std::nullopt) << "ten records are not read yet";
  polled(freshness, noon + seconds{10}, 0, 170);
  freshness.position(at(0, 165));
  EXPECT_EQ(freshness.read_until(0), noon);
  freshness.position(at(0, 170));
  EXPECT_EQ(freshness.read_until(0), noon + seconds{10});
}

TEST_F(TwoPartitions, AQuietPartitionStaysFreshWithEachRefresh) {
  freshness.position(at(0, 150));
  for (int i = 0; i < 5; ++i) polled(freshness, noon + seconds{10 * i}, 0, 150);
  EXPECT_EQ(freshness.read_until(0), noon + seconds{40});
}

TEST_F(TwoPartitions, OnePartitionThatCannotBeReadIsNamed) {
  freshness.position(at(0, 150));
  freshness.position(at(1, 50));
  for (int i = 0; i < 6; ++i) {
    polled(freshness, noon + seconds{10 * i}, 0, 150);
    polled(freshness, noon + seconds{10 * i}, 1, 50 + 10 * i);
  }
  EXPECT_EQ(freshness.not_read_since(noon + seconds{20}), std::vector<std::int32_t>{1});
  EXPECT_EQ(freshness.all_read_until(), noon);
}

TEST_F(TwoPartitions, AnOpenTransactionHoldsItsPartitionFromItsFirstRecordOn) {
  freshness.position(at(0, 150));
  freshness.position(at(1, 50));
  polled(freshness, noon, 0, 150);
  for (int i = 1; i <= 4; ++i) {
    const Instant when = noon + seconds{10 * i};
    freshness.polled(when, 0, Offset{150 + i}, Offset{150});
    polled(freshness, when, 1, 50);
  }
  EXPECT_EQ(freshness.read_until(0), noon) << "what follows is hidden, and may be anybody's commit";
  EXPECT_EQ(freshness.held_since(0), noon + seconds{10});
  EXPECT_EQ(freshness.not_read_since(noon + seconds{20}), std::vector<std::int32_t>{0});
  EXPECT_EQ(freshness.held_since(1), std::nullopt);
}

TEST_F(TwoPartitions, ATransactionThatEndsGivesTheSightBack) {
  freshness.position(at(0, 150));
  freshness.polled(noon, 0, Offset{160}, Offset{150});
  ASSERT_TRUE(freshness.held_since(0).has_value());
  polled(freshness, noon + seconds{10}, 0, 161);
  EXPECT_EQ(freshness.held_since(0), std::nullopt);
  freshness.position(at(0, 161));
  EXPECT_EQ(freshness.read_until(0), noon + seconds{10});
}

TEST_F(TwoPartitions, ShortTransactionsOneAfterAnotherHoldNothingBackForLong) {
  freshness.position(at(0, 150));
  for (int i = 1; i <= 5; ++i) {
    freshness.polled(noon + seconds{10 * i}, 0, Offset{150 + 10 * i}, Offset{145 + 10 * i});
    freshness.position(at(0, 145 + 10 * i));
  }
  EXPECT_EQ(freshness.held_since(0), noon + seconds{50}) << "it moves";
  EXPECT_EQ(freshness.read_until(0), noon + seconds{40});
}

TEST_F(TwoPartitions, WhatIsNotReadYetIsNotHeldByATransaction) {
  freshness.position(at(0, 149));
  freshness.polled(noon, 0, Offset{160}, Offset{150});
  EXPECT_EQ(freshness.held_since(0), std::nullopt);
}

}  // namespace
}  // namespace tidemark
