// How fast something advances that is seen at instants only.
#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "tests/evaluator/scene.h"

namespace tidemark::test {
namespace {

PacePoint point(std::int64_t second, std::int64_t offset) {
  return {Offset{offset}, from_ms(1'700'000'000'000 + second * 1000)};
}

TEST(Speed, one_point_has_none) {
  EXPECT_FALSE(speed_of({}));
  EXPECT_FALSE(speed_of({point(0, 10)}));
}

TEST(Speed, two_points_of_one_instant_have_none) {
  EXPECT_FALSE(speed_of({point(5, 10), point(5, 90)}));
}

TEST(Speed, of_what_advances_evenly_is_that_without_a_range) {
  const auto speed = speed_of({point(0, 0), point(30, 300), point(60, 600), point(90, 900)});
  ASSERT_TRUE(speed);
  EXPECT_DOUBLE_EQ(speed->low, 10);
  EXPECT_DOUBLE_EQ(speed->likely, 10);
  EXPECT_DOUBLE_EQ(speed->high, 10);
}

TEST(Speed, is_not_moved_by_one_jump) {
  std::vector<PacePoint> points;
  for (int i = 0; i < 10; ++i) points.push_back(point(i * 30, i * 300 + (i > 7 ? 900'000 : 0)));
  const auto speed = speed_of(points);
  ASSERT_TRUE(speed);
  EXPECT_DOUBLE_EQ(speed->likely, 10);
  EXPECT_GT(speed->high, 1000);
}

TEST(Speed, of_what_stands_is_zero) {
  const auto speed = speed_of({point(0, 70), point(30, 70), point(60, 70)});
  ASSERT_TRUE(speed);
  EXPECT_EQ(speed->high, 0);
}

TEST(Speed, of_what_went_back_is_not_negative) {
  const auto speed = speed_of({point(0, 9000), point(30, 5000), point(60, 1000)});
  ASSERT_TRUE(speed);
  EXPECT_EQ(speed->low, 0);
  EXPECT_EQ(speed->likely, 0);
}

TEST(Speed, of_many_points_is_that_of_some_chosen_evenly) {
  std::vector<PacePoint> points;
  for (int i = 0; i < 255; ++i) points.push_back(point(i, i * 7));
  const auto speed = speed_of(points);
  ASSERT_TRUE(speed);
  EXPECT_NEAR(speed->likely, 7, 1e-9);
}

TEST(Speed, of_numbers_that_have_no_difference_is_finite) {
  const auto lowest = std::numeric_limits<std::int64_t>::min();
  const auto highest = std::numeric_limits<std::int64_t>::max();
  const auto speed =
      speed_of({{Offset{lowest}, from_ms(lowest)}, {Offset{highest}, from_ms(highest)}});
  ASSERT_TRUE(speed);
  EXPECT_NEAR(speed->likely, 1000, 1);
}

TEST(Speed, is_in_order_whatever_was_seen) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 500; ++round) {
    std::vector<PacePoint> points;
    for (std::size_t i = 0; i < 2 + random() % 300; ++i) {
      points.push_back(point(static_cast<std::int64_t>(random() % 5000),
                             static_cast<std::int64_t>(random() % 1'000'000)));
    }
    const auto speed = speed_of(points);
    if (!speed) continue;
    EXPECT_LE(0, speed->low);
    EXPECT_LE(speed->low, speed->likely);
    EXPECT_LE(speed->likely, speed->high);
  }
}

}  // namespace
}  // namespace tidemark::test
