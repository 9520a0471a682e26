#include "collectors/topic_memory.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

TopicLeaders topic(const std::string& name, std::vector<std::int32_t> leaders,
                   KafkaFault fault = KafkaFault::none) {
  return {name, KafkaError{fault, {}, {}}, std::move(leaders)};
}

std::string text(const TopicMemory::Merged& merged) {
  std::string out;
  for (const TopicLeaders& each : merged.topics) {
    out += each.name + "[";
    for (const auto leader : each.leaders) out += std::to_string(leader) + " ";
    if (!each.leaders.empty()) out.pop_back();
    out += "] ";
  }
  if (!out.empty()) out.pop_back();
  return out;
}

TEST(TopicMemory, TellsWhetherAnythingChanged) {
  TopicMemory memory;
  EXPECT_TRUE(memory.merge({topic("a", {1, 2})}).changed);
  EXPECT_FALSE(memory.merge({topic("a", {1, 2})}).changed);
  EXPECT_TRUE(memory.merge({topic("a", {1, 2, 1})}).changed) << "a new partition";
  EXPECT_TRUE(memory.merge({topic("a", {1, 2, 2})}).changed) << "a new leader";
  EXPECT_TRUE(memory.merge({topic("a", {1, 2, 2}), topic("b", {1})}).changed) << "a new topic";
}

TEST(TopicMemory, DropsATopicOnlyWhenTheNextAnswerLacksItToo) {
  TopicMemory memory;
  memory.merge({topic("a", {1}), topic("b", {1})});
  auto merged = memory.merge({topic("a", {1})});
  EXPECT_EQ(text(merged), "a[1] b[1]");
  EXPECT_TRUE(merged.doubtful);
  EXPECT_FALSE(merged.changed);
  merged = memory.merge({topic("a", {1})});
  EXPECT_EQ(text(merged), "a[1]");
  EXPECT_FALSE(merged.doubtful);
  EXPECT_TRUE(merged.changed);
}

TEST(TopicMemory, ATopicThatComesBackWasNeverGone) {
  TopicMemory memory;
  memory.merge({topic("a", {1})});
  memory.merge({});
  const auto merged = memory.merge({topic("a", {1})});
  EXPECT_EQ(text(merged), "a[1]");
  EXPECT_FALSE(merged.changed);
  EXPECT_TRUE(memory.merge({}).doubtful) << "the doubt begins anew";
}

TEST(TopicMemory, ATopicWhoseAnswerIsAnErrorStaysAsItWas) {
  TopicMemory memory;
  memory.merge({topic("a", {1, 2})});
  for (int i = 0; i < 3; ++i) {
    const auto merged = memory.merge({topic("a", {}, KafkaFault::other)});
    EXPECT_EQ(text(merged), "a[1 2]");
    EXPECT_FALSE(merged.doubtful);
  }
}

TEST(TopicMemory, ATopicThatIsAnErrorFromTheStartIsNotThereYet) {
  TopicMemory memory;
  EXPECT_EQ(text(memory.merge({topic("a", {}, KafkaFault::other)})), "");
}

TEST(TopicMemory, AnUnknownTopicIsAMissingOne) {
  TopicMemory memory;
  memory.merge({topic("a", {1})});
  EXPECT_TRUE(memory.merge({topic("a", {}, KafkaFault::unknown_topic)}).doubtful);
  EXPECT_EQ(text(memory.merge({topic("a", {}, KafkaFault::unknown_topic)})), "");
}

TEST(TopicMemory, OfTheInternalTopicsThoseThatAreReadAreTold) {
  TopicMemory memory;
  const auto merged =
      memory.merge({topic("__transaction_state", {1}), topic("__share_group_state", {1}),
                    topic("__consumer_offsets", {1}), topic("_schemas", {1})});
  EXPECT_EQ(text(merged), "__consumer_offsets[1] __share_group_state[1] _schemas[1]");
}

}  // namespace
}  // namespace tidemark
