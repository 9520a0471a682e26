#include "collectors/settings_schedule.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Names = std::vector<std::string>;

class SettingsScheduleTest : public testing::Test {
 protected:
  SettingsSchedule schedule;
  SettingsSchedule::Steady now{std::chrono::hours{5}};
};

TEST_F(SettingsScheduleTest, AllTopicsAreAskedForAtStart) {
  schedule.topics({"billing", "orders"});
  EXPECT_EQ(schedule.due(now), (Names{"billing", "orders"}));
}

TEST_F(SettingsScheduleTest, AnsweredOnesAreAskedForAgainAfterTenMinutes) {
  schedule.topics({"orders"});
  schedule.answered({"orders"}, now);
  EXPECT_EQ(schedule.due(now + minutes{9}), Names{});
  EXPECT_EQ(schedule.due(now + minutes{10}), Names{"orders"});
}

TEST_F(SettingsScheduleTest, ANewTopicIsAskedForAtOnceAndAloneAndAGoneOneNoMore) {
  schedule.topics({"orders"});
  schedule.answered({"orders"}, now);
  schedule.topics({"orders", "refunds"});
  EXPECT_EQ(schedule.due(now), Names{"refunds"});
  schedule.topics({"orders"});
  EXPECT_EQ(schedule.due(now), Names{});
}

TEST_F(SettingsScheduleTest, ARequestIsBounded) {
  Names many;
  for (int i = 0; i < 450; ++i) many.push_back("t" + std::to_string(1000 + i));
  schedule.topics(many);
  std::vector<std::size_t> sizes;
  for (Names due = schedule.due(now); !due.empty(); due = schedule.due(now)) {
    sizes.push_back(due.size());
    schedule.answered(due, now);
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{200, 200, 50}));
}

TEST_F(SettingsScheduleTest, WhenNobodyAnswersItWaitsLongerAndLongerUpToFiveMinutes) {
  schedule.topics({"orders"});
  schedule.failed(now);
  EXPECT_EQ(schedule.due(now + seconds{4}), Names{});
  EXPECT_EQ(schedule.due(now + seconds{5}), Names{"orders"});
  schedule.failed(now);
  EXPECT_EQ(schedule.due(now + seconds{9}), Names{});
  EXPECT_EQ(schedule.due(now + seconds{10}), Names{"orders"});
  for (int i = 0; i < 20; ++i) schedule.failed(now);
  EXPECT_EQ(schedule.due(now + minutes{5}), Names{"orders"});
  schedule.answered({"orders"}, now);
  schedule.topics({"orders", "refunds"});
  schedule.failed(now);
  EXPECT_EQ(schedule.due(now + seconds{5}), Names{"refunds"}) << "an answer ends it";
}

}  // namespace
}  // namespace tidemark
