#include "daemon/pipeline/give_back_times.h"

#include <gtest/gtest.h>

#include <vector>

namespace tidemark {
namespace {

constexpr std::size_t groups = 10'000;
constexpr std::size_t all = groups;
constexpr std::size_t few = groups / 20;

// At which of so many ticks, counted from 1, memory is given back.
std::vector<int> times(GiveBackTimes& of, int ticks, std::size_t replaced) {
  std::vector<int> out;
  for (int tick = 1; tick <= ticks; ++tick) {
    of.ticked(groups, replaced);
    if (of.due()) out.push_back(tick);
  }
  return out;
}

TEST(GiveBackTimes, come_soon_after_the_catch_up_and_rarely_at_rest) {
  GiveBackTimes it;
  EXPECT_EQ(times(it, 700, 0), (std::vector{2, 5, 10, 20, 320, 620}));
}

TEST(GiveBackTimes, come_at_once_after_a_busy_tick_that_stands_alone) {
  GiveBackTimes it;
  times(it, 100, 0);
  EXPECT_EQ(times(it, 1, all), (std::vector{1}));
  EXPECT_EQ(times(it, 100, few), (std::vector{2, 5, 10, 20}));
}

TEST(GiveBackTimes, come_at_once_after_a_tick_that_is_far_busier_than_others) {
  GiveBackTimes it;
  times(it, 10, groups / 5);
  EXPECT_EQ(times(it, 1, all), (std::vector{1}));
  EXPECT_EQ(times(it, 9, groups / 5), (std::vector<int>{}));
  EXPECT_EQ(times(it, 1, all), (std::vector{1}));
}

TEST(GiveBackTimes, come_when_busy_ticks_have_ended_for_now_and_once_more_after_a_scrape) {
  GiveBackTimes it;
  times(it, 100, 0);
  EXPECT_EQ(times(it, 10, all), (std::vector{1}));
  EXPECT_EQ(times(it, 100, few), (std::vector{1, 2, 5, 10, 20}));
}

TEST(GiveBackTimes, come_now_and_then_while_busy_ticks_go_on) {
  GiveBackTimes it;
  EXPECT_EQ(times(it, 95, all), (std::vector{1, 31, 61, 91}));
}

TEST(GiveBackTimes, are_asked_for_once) {
  GiveBackTimes it;
  it.ticked(groups, 0);
  EXPECT_FALSE(it.due());
  it.ticked(groups, 0);
  EXPECT_TRUE(it.due());
  EXPECT_FALSE(it.due());
}

TEST(GiveBackTimes, are_not_hurried_by_a_small_cluster_in_which_everything_changes) {
  GiveBackTimes it;
  for (int tick = 0; tick < 100; ++tick) it.ticked(100, 100);
  EXPECT_TRUE(it.due());
  EXPECT_EQ(times(it, 200, 0), (std::vector<int>{}));
}

}  // namespace
}  // namespace tidemark
