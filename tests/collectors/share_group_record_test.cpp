// What the values of share groups say, and what a pipeline is told of them.
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

TEST(ShareGroupRecords, TheGroupHasAnEpochWhateverFollowsIt) {
  for (const std::string& value : {version_0().i32(7).no_tags().done(),              // 4.0
                                   version_0().i32(7).i64(-99).no_tags().done()}) {  // 4.1
    const auto group = seen<ModernGroupSeen>(group_key(11), value);
    EXPECT_EQ(group.kind, GroupKind::share);
    EXPECT_EQ(group.epoch, 7);
  }
}

TEST(ShareGroupRecords, AMemberNamesItsTopics) {
  RecordBytes value = version_0().compact_null().compact("client").compact("/host");
  value.compact_array(1).compact("orders").no_tags();
  const auto member = seen<ModernMemberSeen>(member_key(10), value);
  EXPECT_EQ(member.kind, GroupKind::share);
  EXPECT_EQ(member.member_id, "m-1");
  EXPECT_EQ(member.client_id, "client");
  EXPECT_EQ(member.client_host, "/host");
  EXPECT_THAT(member.subscribed, ElementsAre("orders"));
}

TEST(ShareGroupRecords, AnAssignmentIsByTopicId) {
  RecordBytes value = version_0().i32(3).i32(2).i8(0).compact_array(1);
  value.uuid('\x11').compact_array(2).i32(0).i32(1).no_tags().no_tags();
  const auto assignment = seen<ModernAssignmentSeen>(member_key(14), value);
  EXPECT_EQ(assignment.kind, GroupKind::share);
  EXPECT_EQ(assignment.member_epoch, 3);
  ASSERT_EQ(assignment.assigned.size(), 1U);
  EXPECT_THAT(assignment.assigned[0].partitions, ElementsAre(0, 1));
}

TEST(ShareGroupRecords, ThePartitionsWithStateTellTopicIds) {
  RecordBytes value = version_0().compact_array(1);
  value.uuid('\x22').compact("fresh").compact_array(1).i32(0).no_tags();
  value.compact_array(1);
  value.uuid('\x11').compact("orders").compact_array(2).i32(0).i32(1).no_tags();
  value.compact_array(0).no_tags();
  const auto ids = seen<TopicIdsSeen>(group_key(15), value);
  ASSERT_EQ(ids.topics.size(), 2U);
  EXPECT_EQ(ids.topics[0].second, "fresh");
  EXPECT_EQ(ids.topics[1].second, "orders");
  EXPECT_EQ(to_string(ids.topics[1].first), "EREREREREREREREREREREQ");
}

}  // namespace
}  // namespace tidemark
