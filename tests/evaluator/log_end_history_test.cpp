#include "evaluator/log_end_history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "tests/evaluator/tale.h"

namespace tidemark::test {
namespace {

using Kind = Crossing::Kind;

constexpr Duration refresh = std::chrono::seconds{10};

LogEndHistory seen(std::initializer_list<std::pair<double, std::int64_t>> points) {
  LogEndHistory out;
  for (const auto& [when, end] : points) out.append({Offset{end}, at(when)}, refresh);
  return out;
}

void expect_crossing(const Crossing& got, Kind kind, double when) {
  EXPECT_EQ(got.kind, kind);
  EXPECT_EQ(got.at, at(when));
}

TEST(LogEndHistory, ShowsWhereTheStraightLineLeavesThePosition) {
  const auto history = seen({{0, 10}, {10, 20}, {20, 20}, {30, 40}});
  expect_crossing(history.crossing(Offset{10}), Kind::shown, 0);
  expect_crossing(history.crossing(Offset{15}), Kind::shown, 5);
  expect_crossing(history.crossing(Offset{19}), Kind::shown, 9);
  expect_crossing(history.crossing(Offset{20}), Kind::shown, 20);
  expect_crossing(history.crossing(Offset{35}), Kind::shown, 27.5);
  EXPECT_EQ(history.crossing(Offset{40}).kind, Kind::not_passed);
}

TEST(LogEndHistory, DoesNotShowWhatWasBeforeIt) {
  expect_crossing(seen({{5, 10}, {15, 20}}).crossing(Offset{9}), Kind::unseen, 5);
  EXPECT_EQ(LogEndHistory().crossing(Offset{9}).kind, Kind::not_passed);
}

TEST(LogEndHistory, DrawsNoLineThroughAHole) {
  expect_crossing(seen({{0, 10}, {30, 40}}).crossing(Offset{20}), Kind::shown, 10);
  expect_crossing(seen({{0, 10}, {30 + ms, 40}}).crossing(Offset{20}), Kind::unseen, 30 + ms);
  expect_crossing(seen({{0, 10}, {30 + ms, 40}}).crossing(Offset{10}), Kind::unseen, 30 + ms);
  EXPECT_EQ(seen({{0, 10}, {99, 40}}).crossing(Offset{40}).kind, Kind::not_passed);
}

TEST(LogEndHistory, TellsWhatWasKnownAtARefreshBefore) {
  const auto history = seen({{0, 10}, {10, 20}, {20, 30}, {99, 50}});
  expect_crossing(history.crossing_known_at(Offset{15}, at(3)), Kind::shown, 5);
  EXPECT_EQ(history.crossing_known_at(Offset{25}, at(10)).kind, Kind::not_passed);
  expect_crossing(history.crossing_known_at(Offset{25}, at(10 + ms)), Kind::shown, 15);
  EXPECT_EQ(history.crossing_known_at(Offset{40}, at(20)).kind, Kind::not_passed);
  expect_crossing(history.crossing_known_at(Offset{40}, at(21)), Kind::unseen, 99);
}

TEST(LogEndHistory, TellsTheNewestLogEndAtOrBeforeAnInstant) {
  const auto history = seen({{5, 10}, {15, 20}});
  EXPECT_EQ(history.end_at(at(5 - ms)), std::nullopt);
  EXPECT_EQ(history.end_at(at(15 - ms)), Offset{10});
  EXPECT_EQ(history.end_at(at(15)), Offset{20});
}

TEST(LogEndHistory, StartsAnewWhenTheLogEndFalls) {
  auto history = seen({{0, 10}, {10, 20}});
  EXPECT_FALSE(history.append({Offset{20}, at(20)}, refresh));
  EXPECT_TRUE(history.append({Offset{19}, at(30)}, refresh));
  EXPECT_EQ(history.size(), 1U);
  history.append({Offset{30}, at(40)}, refresh);
  expect_crossing(history.crossing(Offset{15}), Kind::unseen, 30);
  expect_crossing(history.crossing(Offset{19}), Kind::shown, 30);
}

TEST(LogEndHistory, TakesTwoRefreshesOfOneInstant) {
  const auto history = seen({{0, 10}, {10, 20}, {10, 30}});
  expect_crossing(history.crossing(Offset{25}), Kind::shown, 10);
}

// --- thinning ------------------------------------------------------------------------------------

// A topic's life: rates that change by the hour, bursts, pauses, and a monitor that was away twice.
class MonthOfRefreshes {
 public:
  explicit MonthOfRefreshes(std::uint32_t seed) : random_(seed) {}

  LogEnd next() {
    if (left_ == 0) change();
    --left_;
    when_ += refresh.count() + (chance(0.00001) ? 3'600'000 : 0);
    if (chance(0.0002)) end_ += 100'000;
    end_ +=
        rate_ == 0 ? 0 : static_cast<std::int64_t>(random() % static_cast<std::uint32_t>(rate_));
    return {Offset{end_}, from_ms(1'700'000'000'000 + when_)};
  }
  bool chance(double share) { return static_cast<double>(random_()) < share * 4294967296.0; }
  std::uint32_t random() { return static_cast<std::uint32_t>(random_()); }

 private:
  void change() {
    constexpr std::int64_t rates[] = {0, 0, 2, 20, 1000, 50'000};
    rate_ = rates[random_() % std::size(rates)];
    left_ = 30 + random() % 2000;
  }

  std::mt19937 random_;
  std::int64_t when_ = 0;
  std::int64_t end_ = 0;
  std::int64_t rate_ = 0;
  std::uint32_t left_ = 0;
};

class Thinning : public testing::TestWithParam<std::uint32_t> {};

TEST_P(Thinning, KeepsEachCrossingWithinFivePercentOfItsAge) {
  MonthOfRefreshes life(GetParam());
  LogEndHistory thin;
  LogEndHistory whole(LogEndHistory::Thinning::never);
  for (int i = 0; i < 259'200; ++i) {
    const LogEnd point = life.next();
    thin.append(point, refresh);
    whole.append(point, refresh);
    if (i % 997 != 0) continue;
    const auto span_of = static_cast<std::uint32_t>(point.end.get() + 1);
    for (int probe = 0; probe < 20; ++probe) {
      const Offset position{static_cast<std::int64_t>(life.random() % span_of)};
      const Crossing exact = whole.crossing(position);
      const Crossing near = thin.crossing(position);
      ASSERT_EQ(near.kind, exact.kind) << position.get();
      const Duration age = point.at - std::max(near.at, exact.at);
      EXPECT_LE(std::chrono::abs(near.at - exact.at) * 20, age + Duration{40}) << position.get();
    }
    ASSERT_LT(thin.size(), 600U);
  }
  EXPECT_EQ(whole.size(), 259'200U);
}

INSTANTIATE_TEST_SUITE_P(Lives, Thinning, testing::Values(1U, 2U, 3U, 4U));

TEST(Thinning, ASteadyTopicCostsNextToNothing) {
  LogEndHistory history;
  for (int i = 0; i < 259'200; ++i) history.append({Offset{i * 7}, at(i * 10.0)}, refresh);
  EXPECT_LT(history.size(), 48U);
  expect_crossing(history.crossing(Offset{7000}), Kind::shown, 10'000);
}

TEST(Thinning, AViewFullOfHolesStaysBounded) {
  LogEndHistory history;
  for (int i = 0; i < 100'000; ++i) history.append({Offset{i}, at(i * 60.0)}, refresh);
  EXPECT_LE(history.size(), 2048U);
  expect_crossing(history.crossing(Offset{99'998}), Kind::unseen, 99'999 * 60.0);
}

}  // namespace
}  // namespace tidemark::test
