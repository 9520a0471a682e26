#include "daemon/pipeline/topic_table.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

TopicsSeen list(std::vector<std::pair<std::string, std::int32_t>> topics) {
  TopicsSeen seen;
  for (auto& [name, partitions] : topics) {
    seen.topics.push_back({TopicName{std::move(name)}, partitions});
  }
  return seen;
}

const Policy& plain_policy(std::string_view) {
  static const Policy policy;
  return policy;
}

TEST(TopicTable, ReportsListedTopicsByNameWithAllTheirPartitions) {
  TopicTable table{plain_policy};
  table.apply(list({{"orders", 3}, {"invoices", 1}}));
  const auto reports = table.reports();
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[0]->topic.get(), "invoices");
  EXPECT_EQ(reports[1]->partitions.size(), 3U);
}

TEST(TopicTable, SharesTheReportOfATopicThatDidNotChange) {
  TopicTable table{plain_policy};
  EXPECT_TRUE(table.apply(list({{"orders", 3}})));
  const auto first = table.reports();
  EXPECT_FALSE(table.apply(list({{"orders", 3}})));
  EXPECT_EQ(table.reports()[0], first[0]);
  EXPECT_TRUE(table.apply(list({{"orders", 4}})));
  EXPECT_NE(table.reports()[0], first[0]);
}

TEST(TopicTable, CountsHowOftenTopicsCameGrewOrWent) {
  TopicTable table{plain_policy};
  table.apply(list({{"orders", 3}}));
  const std::uint64_t changes = table.changes();
  table.apply(list({{"orders", 3}}));
  EXPECT_EQ(table.changes(), changes);
  table.apply(list({{"orders", 4}}));
  EXPECT_EQ(table.changes(), changes + 1);
  table.apply(list({}));
  EXPECT_EQ(table.changes(), changes + 2);
  table.drop_if_gone(table.find_or_add("read-once"));
  EXPECT_EQ(table.changes(), changes + 3);
}

TEST(TopicTable, ForgetsADeletedTopicThatNobodyReads) {
  TopicTable table{plain_policy};
  table.apply(list({{"orders", 3}}));
  table.apply(list({}));
  EXPECT_TRUE(table.reports().empty());
  EXPECT_EQ(table.find("orders"), nullptr);
}

TEST(TopicTable, ADeletedTopicWithReadersIsKeptButNotListed) {
  TopicTable table{plain_policy};
  table.apply(list({{"orders", 1}}));
  TopicTable::partition(*table.find("orders"), PartitionId{0}).readers.push_back(Slot{7});
  table.apply(list({}));
  EXPECT_TRUE(table.reports().empty());
  ASSERT_NE(table.find("orders"), nullptr);
}

TEST(TopicTable, ATopicKnownFromCommitsAloneIsNotListed) {
  TopicTable table{plain_policy};
  auto& readers = TopicTable::partition(table.find_or_add("orders"), PartitionId{0}).readers;
  readers.push_back(Slot{7});
  table.apply(list({}));
  EXPECT_TRUE(table.reports().empty());
  ASSERT_NE(table.find("orders"), nullptr);
  readers.clear();
  EXPECT_TRUE(table.drop_if_gone(*table.find("orders")));
  EXPECT_EQ(table.find("orders"), nullptr) << "with its last reader it is forgotten";
}

}  // namespace
}  // namespace tidemark
