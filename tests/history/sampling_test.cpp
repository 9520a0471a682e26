#include "daemon/history/sampling.h"

#include <gtest/gtest.h>

#include <utility>

namespace tidemark {
namespace {

const Instant now = from_ms(1'700'000'000'000);

PartitionReport partition(std::int32_t number, std::int64_t committed, std::int64_t lag) {
  PartitionReport out;
  out.partition = PartitionId{number};
  out.committed = true;
  out.status = PartitionStatus::ok;
  out.committed_offset = Offset{committed};
  out.lag = lag;
  return out;
}

// Topic "orders" with the log ends given, and group "g" that reads it.
class SamplingTest : public testing::Test {
 protected:
  void log_ends(const std::vector<std::int64_t>& ends) {
    auto topic = std::make_shared<TopicReport>();
    topic->topic = TopicName{"orders"};
    for (const std::int64_t end : ends) {
      TopicPartitionReport of;
      of.partition = PartitionId{static_cast<std::int32_t>(topic->partitions.size())};
      of.end = Offset{end};
      topic->partitions.push_back(of);
    }
    report_.topics = TopicList({topic});
  }
  GroupSample sample(PartitionReports partitions,
                     HistoryDetail detail = HistoryDetail::partitions) {
    GroupReport group;
    group.name = GroupName{"g"};
    group.status = GroupStatus::ok;
    TopicOfGroup topic;
    topic.topic = TopicName{"orders"};
    topic.history = detail;
    topic.partitions = std::move(partitions);
    group.topics.push_back(std::move(topic));
    return sampling_.sample(group, report_, now);
  }

  ClusterReport report_;
  Sampling sampling_;
};

TEST_F(SamplingTest, TellsOffsetsAndLags) {
  log_ends({10, 20});
  const GroupSample seen = sample({partition(0, 10, 0), partition(1, 15, 5)});
  ASSERT_EQ(seen.topics.size(), 1U);
  EXPECT_EQ(seen.topics[0].topic, "orders");
  ASSERT_EQ(seen.topics[0].partitions.size(), 2U);
  EXPECT_EQ(seen.topics[0].partitions[1].committed, 15);
  EXPECT_EQ(seen.topics[0].partitions[1].log_end, 20);
  EXPECT_EQ(seen.topics[0].partitions[1].lag, 5);
  EXPECT_FALSE(seen.totals.committed);
}

TEST_F(SamplingTest, WhatWasReadAndWrittenIsWhatTheOffsetsGrewBy) {
  log_ends({10, 20});
  sample({partition(0, 10, 0), partition(1, 15, 5)});
  log_ends({17, 20});
  const GroupSample seen = sample({partition(0, 12, 5), partition(1, 16, 4)});
  EXPECT_EQ(seen.totals.committed, 3);
  EXPECT_EQ(seen.totals.produced, 7);
}

TEST_F(SamplingTest, WhatWentBackOrIsNewIsNoRate) {
  log_ends({10, 20});
  sample({partition(0, 10, 0)});
  EXPECT_FALSE(sample({partition(0, 10, 0), partition(1, 15, 5)}).totals.committed);
  EXPECT_FALSE(sample({partition(0, 2, 8), partition(1, 15, 5)}).totals.committed);
  EXPECT_EQ(sample({partition(0, 3, 7), partition(1, 15, 5)}).totals.committed, 1);
  sampling_.forget("g");
  EXPECT_FALSE(sample({partition(0, 4, 6), partition(1, 15, 5)}).totals.committed);
}

TEST_F(SamplingTest, ThePolicySaysWhichPartitions) {
  log_ends({10, 20, 30});
  PartitionReport stopped = partition(2, 30, 0);
  stopped.status = PartitionStatus::stopped;
  const PartitionReports all{partition(0, 10, 0), partition(1, 15, 5), stopped};
  EXPECT_TRUE(sample(all, HistoryDetail::totals).topics.empty());
  const GroupSample seen = sample(all, HistoryDetail::lagging);
  ASSERT_EQ(seen.topics.size(), 1U);
  ASSERT_EQ(seen.topics[0].partitions.size(), 3U);
  EXPECT_FALSE(seen.topics[0].partitions[0].shown);
  EXPECT_TRUE(seen.topics[0].partitions[1].shown);
  EXPECT_TRUE(seen.topics[0].partitions[2].shown);
  EXPECT_EQ(sample(all, HistoryDetail::totals).totals.committed, 0);
}

TEST_F(SamplingTest, UnknownStaysUnknown) {
  PartitionReport never;
  never.partition = PartitionId{0};
  PartitionReport unknown = partition(1, 15, 0);
  unknown.lag = std::nullopt;
  const GroupSample seen = sample({never, unknown});
  ASSERT_EQ(seen.topics.size(), 1U);
  EXPECT_FALSE(seen.topics[0].partitions[0].shown);
  EXPECT_EQ(seen.topics[0].partitions[1].committed, 15);
  EXPECT_FALSE(seen.topics[0].partitions[1].log_end);
  EXPECT_FALSE(seen.topics[0].partitions[1].lag);
}

}  // namespace
}  // namespace tidemark
