#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "collectors/record.h"

namespace tidemark {
namespace {

DecodedGroupRecord record(std::int16_t key_type, GroupValue value) {
  DecodedGroupRecord out;
  out.key_type = key_type;
  out.group = "billing";
  out.member_id = "m-1";
  out.tombstone = std::holds_alternative<std::monostate>(value);
  out.value = std::move(value);
  return out;
}

template <class Seen>
Seen seen(const DecodedGroupRecord& record) {
  const auto out = observed(record);
  EXPECT_TRUE(out.has_value());
  return out ? std::get<Seen>(*out) : Seen{};
}

TEST(Observed, AClassicGroupComesWithItsMembers) {
  MemberMetadata known{"m-1", "node-1", "client", "/host", 1, 2, {{"orders"}}, {{{"orders", {3}}}}};
  MemberMetadata opaque{"m-2", std::nullopt, "client", "/host", 1, 2, std::nullopt, std::nullopt};
  const auto group = seen<ClassicGroupSeen>(
      record(2, GroupMetadata{"consumer", 7, "range", std::nullopt, -1, {known, opaque}}));
  EXPECT_EQ(group.group, GroupName("billing"));
  EXPECT_FALSE(group.tombstone);
  EXPECT_EQ(group.protocol_type, "consumer");
  EXPECT_EQ(group.generation, 7);
  EXPECT_EQ(group.protocol, "range");
  EXPECT_EQ(group.leader, "");
  ASSERT_EQ(group.members.size(), 2U);
  EXPECT_EQ(group.members[0].instance_id, "node-1");
  EXPECT_TRUE(group.members[0].subscription_known);
  EXPECT_THAT(group.members[0].subscribed, ::testing::ElementsAre("orders"));
  EXPECT_TRUE(group.members[0].assignment_known);
  EXPECT_THAT(group.members[0].assigned.at("orders"), ::testing::ElementsAre(3));
  EXPECT_EQ(group.members[1].instance_id, "");
  EXPECT_FALSE(group.members[1].subscription_known);
  EXPECT_FALSE(group.members[1].assignment_known);
}

TEST(Observed, AModernGroupComesInPieces) {
  EXPECT_EQ(seen<ModernGroupSeen>(record(3, ConsumerGroupMetadata{4, 0})).epoch, 4);

  ConsumerGroupMemberMetadata member;
  member.instance_id = "node-1";
  member.client_id = "client";
  member.client_host = "/host";
  member.subscribed_topic_names = {"orders"};
  member.subscribed_topic_regex = "pay.*";
  const auto member_seen = seen<ModernMemberSeen>(record(5, member));
  EXPECT_EQ(member_seen.member_id, "m-1");
  EXPECT_EQ(member_seen.instance_id, "node-1");
  EXPECT_EQ(member_seen.client_host, "/host");
  EXPECT_THAT(member_seen.subscribed, ::testing::ElementsAre("orders"));
  EXPECT_EQ(member_seen.subscribed_regex, "pay.*");

  const TopicUuid id{1, 2};
  const auto assignment = seen<ModernAssignmentSeen>(
      record(8, ConsumerGroupCurrentMemberAssignment{-2, 3, 0, {{id, {5}, std::nullopt}}, {}}));
  EXPECT_EQ(assignment.member_epoch, -2);
  ASSERT_EQ(assignment.assigned.size(), 1U);
  EXPECT_EQ(assignment.assigned[0].topic, id);
  EXPECT_THAT(assignment.assigned[0].partitions, ::testing::ElementsAre(5));
}

TEST(Observed, TombstonesAreSeenToo) {
  EXPECT_TRUE(seen<ClassicGroupSeen>(record(2, {})).tombstone);
  EXPECT_TRUE(seen<ModernGroupSeen>(record(3, {})).tombstone);
  EXPECT_TRUE(seen<ModernMemberSeen>(record(5, {})).tombstone);
  EXPECT_TRUE(seen<ModernAssignmentSeen>(record(8, {})).tombstone);
  EXPECT_EQ(seen<ModernAssignmentSeen>(record(8, {})).member_id, "m-1");
}

TEST(Observed, PartitionMetadataTellsTopicIds) {
  const TopicUuid id{9};
  const auto ids =
      seen<TopicIdsSeen>(record(4, ConsumerGroupPartitionMetadata{{{id, "orders", 3, {}}}}));
  ASSERT_EQ(ids.topics.size(), 1U);
  EXPECT_EQ(ids.topics[0].first, id);
  EXPECT_EQ(ids.topics[0].second, "orders");
  EXPECT_FALSE(observed(record(4, {})));
}

TEST(Observed, TargetsSayNothingThatIsSoAlready) {
  EXPECT_FALSE(observed(record(6, ConsumerGroupTargetAssignmentMetadata{3, 0})));
  EXPECT_FALSE(observed(record(7, ConsumerGroupTargetAssignmentMember{})));
}

}  // namespace
}  // namespace tidemark
