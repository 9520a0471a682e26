#include "core/breaks.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr Breaks::Time began{std::chrono::seconds{1000}};

TEST(Breaks, AreMadeEachHalfMillisecondWhereNobodyElseHasWork) {
  Breaks breaks(began);
  EXPECT_FALSE(breaks.due(began));
  EXPECT_FALSE(breaks.due(began + microseconds{499}));
  EXPECT_TRUE(breaks.due(began + microseconds{500}));

  const Breaks::Time back = began + microseconds{501};
  breaks.over(began + microseconds{500}, back);
  EXPECT_FALSE(breaks.due(back + microseconds{499}));
  EXPECT_TRUE(breaks.due(back + microseconds{500}));
}

TEST(Breaks, LeaveTheWorkTwoThirdsOfTheTimeWhereOthersHaveMuch) {
  Breaks breaks(began);
  Breaks::Time now = began;
  Breaks::Time::duration worked{0};
  for (int i = 0; i < 100; ++i) {
    const Breaks::Time from = now;
    while (!breaks.due(now)) now += microseconds{50};
    worked += now - from;
    const Breaks::Time left = now;
    now += milliseconds{28};  // until the core is free again
    breaks.over(left, now);
  }
  EXPECT_GE(worked, (now - began) * 65 / 100);
}

}  // namespace
}  // namespace tidemark
