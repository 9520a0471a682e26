#include "collectors/topic_settings.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::hours;

TEST(TopicSettingsTest, LimitsAreReadAsTheyStand) {
  const TopicSettings seen = read_topic_settings({{"retention.ms", "604800000"},
                                                  {"retention.bytes", "1073741824"},
                                                  {"cleanup.policy", "delete"},
                                                  {"message.timestamp.type", "CreateTime"}});
  EXPECT_EQ(seen.retention, Duration{hours{168}});
  EXPECT_EQ(seen.retention_bytes, 1'073'741'824);
  EXPECT_TRUE(seen.deletes);
  EXPECT_FALSE(seen.compacts);
  EXPECT_FALSE(seen.log_append_time);
}

TEST(TopicSettingsTest, MinusOneIsForEverAndOfAnySize) {
  const TopicSettings seen =
      read_topic_settings({{"retention.ms", "-1"}, {"retention.bytes", "-1"}});
  EXPECT_FALSE(seen.retention);
  EXPECT_FALSE(seen.retention_bytes);
}

TEST(TopicSettingsTest, SoIsATimeBeyondAllCalendars) {
  EXPECT_FALSE(read_topic_settings({{"retention.ms", "9223372036854775807"}}).retention);
}

TEST(TopicSettingsTest, ACleanupPolicyIsAListOfWords) {
  const auto of = [](const char* policy) {
    return read_topic_settings({{"cleanup.policy", policy}});
  };
  EXPECT_TRUE(of("compact,delete").deletes);
  EXPECT_TRUE(of("compact, delete").deletes);
  EXPECT_TRUE(of("delete,compact").compacts);
  EXPECT_FALSE(of("compact").deletes);
  EXPECT_FALSE(of("").deletes) << "neither: kept for ever";
  EXPECT_FALSE(of("deleted").deletes);
}

TEST(TopicSettingsTest, TheBrokersStampIsToldFromTheProducers) {
  EXPECT_TRUE(read_topic_settings({{"message.timestamp.type", "LogAppendTime"}}).log_append_time);
}

TEST(TopicSettingsTest, DamagedNumbersAreNoLimit) {
  EXPECT_FALSE(read_topic_settings({{"retention.ms", "soon"}}).retention);
  EXPECT_FALSE(read_topic_settings({{"retention.bytes", ""}}).retention_bytes);
}

}  // namespace
}  // namespace tidemark
