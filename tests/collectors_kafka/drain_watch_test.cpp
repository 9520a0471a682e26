#include "collectors/drain_watch.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

TEST(DrainWatch, AQueueThatWasFullAndIsHalfEmptyIsDrainedOnce) {
  DrainWatch watch(20'000);
  EXPECT_FALSE(watch.drained(100'000));
  EXPECT_FALSE(watch.drained(60'000));
  EXPECT_TRUE(watch.drained(50'000));
  EXPECT_FALSE(watch.drained(40'000));
}

TEST(DrainWatch, AWakeUpInVainIsRepeatedAtEachHalf) {
  DrainWatch watch(20'000);
  EXPECT_FALSE(watch.drained(100'000));
  EXPECT_TRUE(watch.drained(50'000));
  EXPECT_TRUE(watch.drained(25'000));
  EXPECT_TRUE(watch.drained(12'000));
  EXPECT_FALSE(watch.drained(0)) << "what is that short is not full";
}

TEST(DrainWatch, WhenItHasFilledUpAgainTheNextDrainingCounts) {
  DrainWatch watch(20'000);
  EXPECT_FALSE(watch.drained(100'000));
  EXPECT_TRUE(watch.drained(50'000));
  EXPECT_FALSE(watch.drained(120'000));
  EXPECT_TRUE(watch.drained(60'000));
}

TEST(DrainWatch, AShortQueueIsLeftAlone) {
  DrainWatch watch(20'000);
  EXPECT_FALSE(watch.drained(20'000));
  EXPECT_FALSE(watch.drained(0));
}

TEST(DrainWatch, AGrowingQueueIsNotDrained) {
  DrainWatch watch(20'000);
  for (std::size_t length = 0; length <= 200'000; length += 10'000) {
    EXPECT_FALSE(watch.drained(length));
  }
}

}  // namespace
}  // namespace tidemark
