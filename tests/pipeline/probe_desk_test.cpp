#include "daemon/pipeline/probe_desk.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Urgency = ProbeDesk::Urgency;
using Outcome = ProbeSeen::Outcome;

// Time is a number of seconds.
class Desk : public testing::Test {
 protected:
  static Instant at(int second) { return from_ms(1'700'000'000'000) + seconds{second}; }
  static ProbeQuestion question(std::int64_t from, std::int32_t partition = 0,
                                const std::string& topic = "orders") {
    return {TopicName{topic}, PartitionId{partition}, Offset{from}};
  }

  bool want(std::int64_t from, Urgency urgency, int now = 0) {
    return !desk.want(question(from), urgency, at(now));
  }
  std::vector<std::int64_t> take(int now = 0) {
    std::vector<std::int64_t> out;
    for (const ProbeQuestion& each : desk.take(at(now), [&](const ProbeQuestion& asked) {
           return !passed.contains(asked.from.get());
         })) {
      out.push_back(each.from.get());
    }
    return out;
  }
  bool answer(std::int64_t from, Outcome outcome, int now = 0) {
    ProbeSeen seen;
    seen.question = question(from);
    seen.outcome = outcome;
    return desk.answered(seen, at(now));
  }

  std::set<std::int64_t> passed;  // positions where nobody is any more
  ProbeDesk desk{"PROD"};
};

TEST_F(Desk, AccusationsComeFirstThenUnknownAgesThenWhatMerelyWaits) {
  want(1, Urgency::waiting);
  want(2, Urgency::unknown_age);
  want(3, Urgency::accusation);
  EXPECT_EQ(take(), (std::vector<std::int64_t>{3, 2, 1}));
}

TEST_F(Desk, OneQuestionServesAllWhoWantToKnow) {
  want(7, Urgency::unknown_age);
  want(7, Urgency::unknown_age);
  EXPECT_EQ(take(), std::vector<std::int64_t>{7});
  EXPECT_TRUE(want(7, Urgency::accusation));
  EXPECT_TRUE(take().empty());
  EXPECT_EQ(desk.waiting(), 1U);
}

TEST_F(Desk, AQuestionThatBecomesUrgentMovesUpAndIsAskedOnce) {
  want(1, Urgency::unknown_age);
  want(2, Urgency::unknown_age);
  want(2, Urgency::accusation);
  EXPECT_EQ(take(), (std::vector<std::int64_t>{2, 1}));
}

TEST_F(Desk, OnlySoManyAreInFlight) {
  for (int i = 0; i < 100; ++i) want(i, Urgency::accusation);
  EXPECT_EQ(take().size(), ProbeDesk::most_in_flight);
  EXPECT_TRUE(take().empty());
  EXPECT_TRUE(answer(5, Outcome::record));
  EXPECT_EQ(take(), std::vector<std::int64_t>{ProbeDesk::most_in_flight});
  EXPECT_EQ(desk.sent(), ProbeDesk::most_in_flight + 1);
  EXPECT_EQ(desk.waiting(), 99U);
}

TEST_F(Desk, TheLeastUrgentOnesAreSpreadOverTime) {
  int taken = 0;
  for (int i = 0; i < 1000; ++i) want(i, Urgency::waiting);
  for (auto now = take(0); !now.empty(); now = take(0)) {
    taken += static_cast<int>(now.size());
    for (const auto from : now) answer(from, Outcome::record);
  }
  EXPECT_EQ(taken, ProbeDesk::most_waiting_a_second);
  EXPECT_FALSE(take(1).empty());
}

TEST_F(Desk, WhatNobodyWantsAnyMoreIsNotAsked) {
  want(1, Urgency::accusation);
  want(2, Urgency::accusation);
  passed = {1};
  EXPECT_EQ(take(), std::vector<std::int64_t>{2});
  EXPECT_EQ(desk.waiting(), 1U);
}

TEST_F(Desk, TooManyAreLeftOutAndCounted) {
  for (std::size_t i = 0; i < ProbeDesk::most_wanted; ++i) {
    ASSERT_TRUE(want(static_cast<std::int64_t>(i), Urgency::waiting));
  }
  EXPECT_FALSE(want(1'000'000, Urgency::unknown_age));
  EXPECT_EQ(desk.skipped(), 1U);
  EXPECT_TRUE(want(1'000'000, Urgency::accusation)) << "there is room for those";
  EXPECT_EQ(take().at(0), 1'000'000);
}

TEST_F(Desk, AFailureIsAskedAgainLaterAndLater) {
  int now = 0;
  for (const int pause : {10, 20, 40, 80, 160, 300, 300}) {
    ASSERT_TRUE(want(1, Urgency::accusation, now));
    ASSERT_EQ(take(now).size(), 1U);
    EXPECT_TRUE(answer(1, Outcome::failed, now));
    EXPECT_EQ(desk.want(question(1), Urgency::accusation, at(now + 1)), at(now + pause));
    now += pause;
  }
  EXPECT_TRUE(want(1, Urgency::accusation, now));
  take(now);
  answer(1, Outcome::end, now);
  want(1, Urgency::accusation, now);
  take(now);
  answer(1, Outcome::failed, now);
  EXPECT_TRUE(want(1, Urgency::accusation, now + 10));
  EXPECT_EQ(desk.failed(), 8U);
}

TEST_F(Desk, ATopicThatMayNotBeReadIsLeftAloneWhole) {
  want(1, Urgency::accusation);
  take();
  answer(1, Outcome::not_authorized);
  EXPECT_EQ(desk.want(question(5, 3), Urgency::accusation, at(60)), at(600));
  EXPECT_FALSE(desk.want(question(5, 3, "other"), Urgency::accusation, at(60)));
  EXPECT_FALSE(desk.want(question(5, 3), Urgency::accusation, at(600)));
}

TEST_F(Desk, WhatCouldNotBeHandedOnIsTakenAgain) {
  want(1, Urgency::accusation);
  want(2, Urgency::accusation);
  take();
  desk.put_back(question(1));
  EXPECT_EQ(desk.sent(), 1U);
  EXPECT_EQ(take(), std::vector<std::int64_t>{1});
}

TEST_F(Desk, AnAnswerThatNeverComesIsGivenUp) {
  want(1, Urgency::accusation);
  take(0);
  EXPECT_TRUE(desk.take_lost(at(59)).empty());
  ASSERT_EQ(desk.take_lost(at(61)).size(), 1U);
  EXPECT_TRUE(answer(1, Outcome::failed, 61));
  EXPECT_FALSE(answer(1, Outcome::record, 62)) << "too late";
}

TEST_F(Desk, AClockThatIsPutBackEndsNoPauseLate) {
  want(1, Urgency::accusation, 100'000);
  take(100'000);
  answer(1, Outcome::failed, 100'000);
  EXPECT_TRUE(want(1, Urgency::accusation, 0));
}

}  // namespace
}  // namespace tidemark
