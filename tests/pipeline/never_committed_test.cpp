// Groups with live members and no commit: listed, with what is assigned and what waits there.
#include "daemon/pipeline/never_committed.h"

#include <gmock/gmock.h>

#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class NeverCommitted : public Cluster {};

TEST_F(NeverCommitted, IsShownWithItsAssignmentAndWhatWaits) {
  refresh(0, 100, 30, 5);
  members(1, "orders");
  const auto seen = group(2);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->status, GroupStatus::unknown);
  EXPECT_EQ(seen->reason, Reason::never_committed);
  EXPECT_EQ(
      seen->explanation,
      "1 member, 2 partitions of orders assigned, nothing committed; 120 records are there to "
      "be read");
  ASSERT_EQ(seen->topics.size(), 1U);
  ASSERT_EQ(seen->topics[0].partitions.size(), 2U);
  EXPECT_FALSE(seen->topics[0].partitions[1].committed);
  EXPECT_EQ(seen->topics[0].partitions[1].owner, 0);
  EXPECT_EQ(seen->lag, std::nullopt);
}

TEST_F(NeverCommitted, ItsNumbersFollowTheLog) {
  refresh(0, 100, 30, 5);
  members(1, "orders");
  group(2);
  refresh(10, 101, 30, 5);
  EXPECT_THAT(group(13)->explanation, HasSubstr("121 records"));
}

TEST_F(NeverCommitted, IsJudgedOnceItCommits) {
  refresh(0, 100, 30);
  members(1, "orders");
  group(2);
  commit(3, 100);
  refresh(10, 100, 30);
  const auto seen = group(11);
  EXPECT_EQ(seen->status, GroupStatus::ok) << seen->explanation;
  ASSERT_EQ(seen->topics.size(), 1U) << "a topic is there once";
}

TEST_F(NeverCommitted, OnATopicThatIsNotKnownYetAsksForIt) {
  state.take_wants_refresh();
  members(1, "fresh");
  EXPECT_EQ(group(2)->reason, Reason::never_committed);
  EXPECT_TRUE(state.take_wants_refresh());
  TopicsSeen topics;
  topics.offsets_topic_partitions = offsets_partitions;
  topics.topics = {{TopicName{"orders"}, 2}, {TopicName{"fresh"}, 2}};
  state.apply(std::move(topics));
  const auto seen = group(3);
  EXPECT_THAT(seen->explanation, StartsWith("1 member, 2 partitions of fresh assigned"));
}

TEST_F(NeverCommitted, ATopicWithoutANameIsSaidSo) {
  record(1, ModernGroupSeen{GroupName{"payments"}, false, 2});
  ModernMemberSeen member;
  member.group = GroupName{"payments"};
  member.member_id = "m1";
  member.subscribed = {"orders", "invoices"};
  record(1, member);
  ModernAssignmentSeen assignment;
  assignment.group = member.group;
  assignment.member_id = "m1";
  assignment.member_epoch = 2;
  assignment.assigned = {{TopicUuid{9}, {0, 1, 2}}};
  record(1, assignment);
  EXPECT_THAT(
      group(2)->explanation,
      HasSubstr("3 partitions of a topic whose name is not known yet (id CQAAAAAAAAAAAAAAAA"));
}

TEST_F(NeverCommitted, AGroupThatCommitsElsewhereKeepsItsStatus) {
  refresh(0, 100, 30);
  commit(1, 100);
  refresh(10, 100, 30);
  TopicsSeen topics;
  topics.offsets_topic_partitions = offsets_partitions;
  topics.topics = {{TopicName{"orders"}, 2}, {TopicName{"also"}, 1}};
  state.apply(std::move(topics));
  members(11, "also");
  const auto seen = group(12);
  EXPECT_EQ(seen->status, GroupStatus::ok) << seen->explanation;
  ASSERT_EQ(seen->topics.size(), 2U);
  EXPECT_EQ(seen->topics[0].topic, TopicName{"also"}) << "by name";
  EXPECT_FALSE(seen->topics[0].partitions.at(0).committed);
}

}  // namespace
}  // namespace tidemark
