#include "daemon/demo/event_records.h"

#include <gmock/gmock.h>

#include <map>

#include "collectors/record.h"

namespace tidemark::demo {
namespace {

struct Copy {
  std::string topic;
  std::int32_t partition = 0;
  std::string key;
  std::string value;
  Instant at;
};

const ClusterPlan& plan() {
  static const ClusterPlan cluster{"TEST",
                                   1,
                                   8,
                                   CommitVersion::v4,
                                   {{"orders", 5, std::chrono::seconds{1}, {1}, {}},
                                    {"refunds", 1, std::chrono::seconds{1}, {1}, {}}},
                                   {{"payments", Part::healthy, {"orders", "refunds"}, 2, {}}}};
  return cluster;
}

std::vector<Copy> written(const std::variant<Append, Membership, Commit>& what) {
  std::vector<Copy> out;
  write_event(plan(), {{}, what}, from_ms(1'700'000'000'000), [&](const WrittenRecord& record) {
    out.push_back({record.topic, record.partition, std::string(record.key),
                   std::string(record.value), record.at});
  });
  return out;
}

TEST(EventRecords, RecordsOfATopicHaveNoKeyAndTheTimeOfTheEvent) {
  const auto records = written(Append{&plan().topics[0], 3, 2});
  ASSERT_EQ(records.size(), 2U);
  for (const Copy& record : records) {
    EXPECT_EQ(record.topic, "orders");
    EXPECT_EQ(record.partition, 3);
    EXPECT_EQ(record.key, "");
    EXPECT_EQ(to_ms(record.at), 1'700'000'000'000);
  }
}

TEST(EventRecords, ACommitGoesToTheOffsetsPartitionOfItsGroup) {
  const auto records = written(Commit{&plan().groups[0], &plan().topics[0], 4, 77});
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].topic, "__consumer_offsets");
  EXPECT_EQ(records[0].partition, offsets_partition_of("payments", 8));
  const auto decoded = decode_record(records[0].key, records[0].value);
  const auto& commit = std::get<OffsetCommit>(decoded);
  EXPECT_EQ(commit.group, "payments");
  EXPECT_EQ(commit.topic, "orders");
  EXPECT_EQ(commit.partition, 4);
  EXPECT_EQ(commit.offset, 77);
  EXPECT_EQ(commit.commit_timestamp, 1'700'000'000'000);
}

TEST(EventRecords, ATopicKeepsItsIdAndHasItForItselfAlone) {
  const auto id_in = [](const Copy& record) {
    const auto decoded = decode_record(record.key, record.value);
    return std::get<OffsetCommit>(decoded).topic_id;
  };
  const GroupPlan* group = &plan().groups[0];
  const auto orders = id_in(written(Commit{group, &plan().topics[0], 0, 1}).at(0));
  const auto again = id_in(written(Commit{group, &plan().topics[0], 1, 2}).at(0));
  const auto refunds = id_in(written(Commit{group, &plan().topics[1], 0, 1}).at(0));
  EXPECT_EQ(orders, again);
  EXPECT_NE(orders, refunds);
  EXPECT_NE(orders, TopicUuid{});
}

TEST(EventRecords, MembersShareAllPartitionsOfAllTheirTopics) {
  const auto records = written(Membership{&plan().groups[0], 9, true});
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].partition, offsets_partition_of("payments", 8));
  const auto decoded = decode_record(records[0].key, records[0].value);
  const auto& group = std::get<GroupMetadata>(std::get<DecodedGroupRecord>(decoded).value);
  EXPECT_EQ(group.generation, 9);
  ASSERT_EQ(group.members.size(), 2U);
  EXPECT_NE(group.members[0].member_id, group.members[1].member_id);
  std::map<std::string, std::multiset<std::int32_t>> assigned;
  for (const MemberMetadata& member : group.members) {
    for (const auto& [topic, partitions] : *member.assignment) {
      assigned[topic].insert(partitions.begin(), partitions.end());
    }
  }
  EXPECT_THAT(assigned["orders"], testing::ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(assigned["refunds"], testing::ElementsAre(0));
}

TEST(EventRecords, AGroupThatIsLeftIsEmpty) {
  const auto records = written(Membership{&plan().groups[0], 10, false});
  const auto decoded = decode_record(records.at(0).key, records.at(0).value);
  const auto& group = std::get<GroupMetadata>(std::get<DecodedGroupRecord>(decoded).value);
  EXPECT_TRUE(group.members.empty());
  EXPECT_EQ(group.generation, 10);
}

}  // namespace
}  // namespace tidemark::demo
