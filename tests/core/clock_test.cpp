#include "core/clock.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

TEST(SystemClock, BeginsWithTheMachinesTimeAndNeverGoesBack) {
  const SystemClock clock;
  const auto wall = std::chrono::system_clock::now();
  Instant before = clock.now();
  EXPECT_LT(std::chrono::abs(before - wall), std::chrono::seconds{5});
  for (int i = 0; i < 1000; ++i) {
    const Instant now = clock.now();
    ASSERT_GE(now, before);
    before = now;
  }
}

}  // namespace
}  // namespace tidemark
