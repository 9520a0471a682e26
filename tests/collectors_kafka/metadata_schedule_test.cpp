#include "collectors/metadata_schedule.h"

#include <gtest/gtest.h>

#include "tests/support/manual_clock.h"

namespace tidemark {
namespace {

using std::chrono::seconds;

class MetadataScheduleTest : public testing::Test {
 protected:
  // How long from now until it is due, in seconds; looks an hour ahead.
  int due_in() {
    for (int s = 0; s < 3600; ++s) {
      if (schedule.due(clock.steady() + seconds{s})) return s;
    }
    return -1;
  }
  void answer(bool changed = false, Duration again = seconds{60}) {
    schedule.began(clock.steady());
    schedule.answered(clock.steady(), changed, again);
  }
  void fail() {
    schedule.began(clock.steady());
    schedule.failed(clock.steady());
  }
  void advance(seconds span) { clock.advance(span); }

  test::ManualClock clock;
  MetadataSchedule schedule{seconds{60}};
};

TEST_F(MetadataScheduleTest, AsksAtOnceAndThenAtEachInterval) {
  clock.advance(seconds{1});
  EXPECT_EQ(due_in(), 0);
  answer();
  EXPECT_EQ(due_in(), 60);
}

TEST_F(MetadataScheduleTest, BacksOffWhileItFailsAndBeginsAnewAfterAnAnswer) {
  std::vector<int> waits;
  for (int i = 0; i < 6; ++i) {
    fail();
    waits.push_back(due_in());
    advance(seconds{waits.back()});
  }
  EXPECT_EQ(waits, (std::vector<int>{1, 2, 4, 5, 5, 5}));
  answer();
  fail();
  EXPECT_EQ(due_in(), 1);
}

TEST_F(MetadataScheduleTest, WhoNeedsItGetsItWithinASecond) {
  answer();
  schedule.need();
  EXPECT_EQ(due_in(), 1);
  advance(seconds{10});
  EXPECT_EQ(due_in(), 0);
  answer();
  EXPECT_EQ(due_in(), 60);
}

TEST_F(MetadataScheduleTest, NeedShortensNoBackoff) {
  fail();
  fail();
  schedule.need();
  EXPECT_EQ(due_in(), 2);
}

TEST_F(MetadataScheduleTest, AWishIsHeardOnceASecondWhileWishesFindSomething) {
  for (int i = 0; i < 5; ++i) {
    answer(true);
    schedule.wish();
    EXPECT_EQ(due_in(), 1);
    advance(seconds{1});
  }
}

TEST_F(MetadataScheduleTest, WishesInVainAreHeardLessAndLess) {
  std::vector<int> waits;
  answer(true);
  for (int i = 0; i < 8; ++i) {
    schedule.wish();
    waits.push_back(due_in());
    advance(seconds{waits.back()});
    answer(false);
  }
  EXPECT_EQ(waits, (std::vector<int>{1, 2, 4, 8, 16, 32, 60, 60}));
  schedule.need();
  EXPECT_EQ(due_in(), 1) << "a need is no wish";
}

TEST_F(MetadataScheduleTest, LooksAgainSoonerWhenToldTo) {
  answer(false, seconds{2});
  EXPECT_EQ(due_in(), 2);
}

}  // namespace
}  // namespace tidemark
