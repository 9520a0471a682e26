#include "daemon/pipeline/clock_shift.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
constexpr Instant noon = from_ms(1'700'000'000'000);

TEST(ClockShift, IsTheSmallestDifferenceSeenLive) {
  ClockShift shift;
  EXPECT_EQ(shift.get(), Duration{0});
  shift.saw_live(noon, noon - seconds{7});
  shift.saw_live(noon, noon - seconds{5});
  shift.saw_live(noon, noon - seconds{9});
  EXPECT_EQ(shift.get(), seconds{5});
}

TEST(ClockShift, FollowsAClockThatIsSteppedWithinTwoSpans) {
  ClockShift shift;
  shift.saw_live(noon, noon - seconds{1});
  for (int i = 1; i <= 12; ++i) shift.saw_live(noon + minutes{i}, noon + minutes{i} - seconds{60});
  EXPECT_EQ(shift.get(), seconds{60});
}

TEST(ClockShift, KeepsWhatItKnewWhileNothingComes) {
  ClockShift shift;
  shift.saw_live(noon, noon - seconds{3});
  shift.saw_live(noon + minutes{60}, noon + minutes{60} - seconds{8});
  EXPECT_EQ(shift.get(), seconds{3}) << "the span before still counts";
}

TEST(ClockShift, AnOldCommitSaysNothingUnlessItIsFromTheFuture) {
  ClockShift shift;
  shift.saw_any(noon, noon - minutes{90});
  EXPECT_EQ(shift.get(), Duration{0});
  shift.saw_any(noon, noon + seconds{4});
  EXPECT_EQ(shift.get(), seconds{-4});
}

}  // namespace
}  // namespace tidemark
