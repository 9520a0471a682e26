// What the values of streams groups say, and what a pipeline is told of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/collectors/seen.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using testing::group_key;
using testing::member_key;
using testing::RecordBytes;
using testing::seen;
using testing::version_0;

TEST(StreamsGroupRecords, TheGroupHasAnEpoch) {
  const auto group =
      seen<ModernGroupSeen>(group_key(17), version_0().i32(4).i64(1).varint(0).done());
  EXPECT_EQ(group.kind, GroupKind::streams);
  EXPECT_EQ(group.epoch, 4);
}

TEST(StreamsGroupRecords, AMemberSaysWhoItIs) {
  RecordBytes value = version_0().compact("node-1").compact_null().compact("client");
  value.compact("/host").i32(300'000).i32(0).compact("process").i8(-1).compact_array(0).no_tags();
  const auto member = seen<ModernMemberSeen>(member_key(19), value);
  EXPECT_EQ(member.kind, GroupKind::streams);
  EXPECT_EQ(member.instance_id, "node-1");
  EXPECT_EQ(member.client_id, "client");
  EXPECT_TRUE(member.subscribed.empty());
}

TEST(StreamsGroupRecords, AnAssignmentIsBySubtopology) {
  RecordBytes value = version_0().i32(3).i32(1).i8(1).compact_array(1);
  value.compact("0").compact_array(2).i32(0).i32(2).varint(1).tag(0, "epochs").compact_array(0);
  const auto assignment = seen<ModernAssignmentSeen>(member_key(22), value);
  EXPECT_EQ(assignment.kind, GroupKind::streams);
  EXPECT_EQ(assignment.member_epoch, 3);
  ASSERT_EQ(assignment.tasks.size(), 1U);
  EXPECT_EQ(assignment.tasks[0].subtopology, "0");
  EXPECT_THAT(assignment.tasks[0].partitions, ElementsAre(0, 2));
}

void internal_topic(RecordBytes& value, std::string_view name) {
  value.compact(name).i32(2).i16(-1).compact_array(1);
  value.compact("cleanup.policy").compact("delete").no_tags().no_tags();
}

TEST(StreamsGroupRecords, ATopologySaysWhatEachPartReads) {
  RecordBytes value = version_0().i32(0).compact_array(2);
  value.compact("0").compact_array(1).compact("orders").compact_array(0).compact_array(0);
  value.compact_array(1).compact("app-by-value-repartition").compact_array(0).compact_array(1);
  value.compact_array(1).i16(0).compact_array(0).compact_array(0).no_tags().no_tags();
  value.compact("1").compact_array(0).compact_array(1).compact("pay.*").compact_array(1);
  internal_topic(value, "app-store-changelog");
  value.compact_array(0).compact_array(1);
  internal_topic(value, "app-by-value-repartition");
  value.compact_array(0).no_tags().no_tags();
  const auto topology = seen<StreamsTopologySeen>(group_key(23), value);
  ASSERT_EQ(topology.subtopologies.size(), 2U);
  EXPECT_EQ(topology.subtopologies[0].id, "0");
  EXPECT_THAT(topology.subtopologies[0].topics, ElementsAre("orders"));
  EXPECT_FALSE(topology.subtopologies[0].by_regex);
  EXPECT_THAT(topology.subtopologies[1].topics, ElementsAre("app-by-value-repartition"));
  EXPECT_TRUE(topology.subtopologies[1].by_regex);
}

}  // namespace
}  // namespace tidemark
