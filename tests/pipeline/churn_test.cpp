// Groups, members and topics that come and go for hours leave nothing behind. The same at full size
// (10,000 groups an hour for a day) is `churn_memory`.
#include "tests/pipeline/churn.h"

#include <gtest/gtest.h>

#include "tests/support/live_bytes.h"

namespace tidemark::test {
namespace {

using std::chrono::hours;

struct Held {
  std::size_t bytes = 0;
  std::size_t groups = 0;
  std::size_t group_partitions = 0;
};

Held held_by(const Churn& churn) {
  return {live_bytes(), churn.groups(), churn.group_partitions()};
}

TEST(ChurnLeavesNothing, BehindAfterHoursOfIt) {
  Churn churn{{}};
  churn.live(hours{3});
  const Held early = held_by(churn);
  ASSERT_GE(early.groups, 299U);
  ASSERT_GT(early.group_partitions, 700U) << "eight kinds in nine commit, soon after they came";
  ASSERT_GT(churn.in_trouble(), 0U) << "some are judged, probed and diagnosed";
  churn.live(hours{3});
  const Held late = held_by(churn);
  EXPECT_EQ(late.groups, early.groups);
  EXPECT_NEAR(static_cast<double>(late.bytes), static_cast<double>(early.bytes),
              0.02 * static_cast<double>(early.bytes));
}

TEST(ChurnLeavesNothing, WhenAllHaveLeft) {
  const std::size_t before = live_bytes();
  Churn churn{{900, 20}};
  churn.live(hours{1});
  const std::size_t full = live_bytes() - before;
  churn.dry_up();
  churn.live(hours{1} + std::chrono::minutes{10});
  EXPECT_EQ(churn.groups(), 0U);
  EXPECT_EQ(churn.topics(), 0U);
  EXPECT_EQ(churn.group_partitions(), 0U);
  const std::size_t rest = live_bytes() - before;
  EXPECT_LT(rest, full / 4) << "of " << full << " bytes";
}

}  // namespace
}  // namespace tidemark::test
