#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "collectors/record.h"
#include "tests/collectors/record_bytes.h"

namespace tidemark {
namespace {

using testing::group_key;
using testing::RecordBytes;
using Partitions = std::map<std::string, std::vector<std::int32_t>>;

RecordBytes subscription_to(const std::vector<std::string>& topics, std::int16_t version = 0) {
  RecordBytes out;
  out.i16(version).i32(static_cast<std::int64_t>(topics.size()));
  for (const auto& topic : topics) out.string(topic);
  return out.i32(-1);
}

RecordBytes assignment_of(const Partitions& assigned, std::int16_t version = 0) {
  RecordBytes out;
  out.i16(version).i32(static_cast<std::int64_t>(assigned.size()));
  for (const auto& [topic, partitions] : assigned) {
    out.string(topic).i32(static_cast<std::int64_t>(partitions.size()));
    for (const std::int32_t partition : partitions) out.i32(partition);
  }
  return out.i32(-1);
}

// A group of one member, as version 3.
std::string group_of_one(std::string_view type, const std::string& subscription,
                         const std::string& assignment) {
  RecordBytes value;
  value.i16(3).string(type).i32(7).string("range").string("m-1").i64(1'700'000'000'000).i32(1);
  value.string("m-1").string("node-1").string("client").string("/10.0.0.1").i32(60000).i32(30000);
  return value.bytes(subscription).bytes(assignment);
}

DecodedGroupRecord decoded(const std::string& value) {
  DecodedRecord record = decode_record(group_key(2).done(), value);
  EXPECT_TRUE(std::holds_alternative<DecodedGroupRecord>(record));
  return std::move(std::get<DecodedGroupRecord>(record));
}

GroupMetadata group_of(const std::string& value) {
  return std::get<GroupMetadata>(decoded(value).value);
}

MemberMetadata only_member(const std::string& value) { return group_of(value).members.at(0); }

TEST(GroupMetadataRecord, HasEveryFieldOfVersion3) {
  const auto group = group_of(
      group_of_one("consumer", subscription_to({"a", "b"}), assignment_of({{"a", {0, 2}}})));
  EXPECT_EQ(group.protocol_type, "consumer");
  EXPECT_EQ(group.generation, 7);
  EXPECT_EQ(group.protocol, "range");
  EXPECT_EQ(group.leader, "m-1");
  EXPECT_EQ(group.current_state_timestamp, 1'700'000'000'000);
  const MemberMetadata& member = group.members.at(0);
  EXPECT_EQ(member.member_id, "m-1");
  EXPECT_EQ(member.group_instance_id, "node-1");
  EXPECT_EQ(member.client_id, "client");
  EXPECT_EQ(member.client_host, "/10.0.0.1");
  EXPECT_EQ(member.rebalance_timeout, 60000);
  EXPECT_EQ(member.session_timeout, 30000);
  EXPECT_THAT(*member.subscription, ::testing::ElementsAre("a", "b"));
  EXPECT_EQ(*member.assignment, (Partitions{{"a", {0, 2}}}));
}

TEST(GroupMetadataRecord, Version0HasNoTimesThatCameLater) {
  RecordBytes value;
  value.i16(0).string("consumer").i32(1).string("range").string("m").i32(1);
  value.string("m").string("c").string("h").i32(30000).bytes("").bytes("");
  const auto group = group_of(value);
  EXPECT_EQ(group.current_state_timestamp, -1);
  EXPECT_EQ(group.members.at(0).rebalance_timeout, -1);
  EXPECT_EQ(group.members.at(0).session_timeout, 30000);
  EXPECT_EQ(group.members.at(0).group_instance_id, std::nullopt);
}

TEST(GroupMetadataRecord, Version4IsFlexible) {
  RecordBytes value;
  value.i16(4).compact("consumer").i32(1).compact_null().compact("m").i64(-1).compact_array(1);
  value.compact("m").compact_null().compact("c").compact("h").i32(1).i32(2);
  value.compact(subscription_to({"a"}).done()).compact(assignment_of({}).done());
  value.varint(1).tag(3, "later").no_tags();
  const auto group = group_of(value);
  EXPECT_EQ(group.protocol, std::nullopt);
  EXPECT_EQ(group.leader, "m");
  EXPECT_THAT(*group.members.at(0).subscription, ::testing::ElementsAre("a"));
  EXPECT_EQ(*group.members.at(0).assignment, Partitions{});
}

TEST(GroupMetadataRecord, AnyNegativeLengthOfANullableStringIsNull) {
  RecordBytes value;
  value.i16(3).string("").i32(0).i16(-7).i16(-1).i64(-1).i32(0);
  const auto group = group_of(value);
  EXPECT_EQ(group.protocol, std::nullopt);
  EXPECT_TRUE(group.members.empty());
}

TEST(GroupMetadataRecord, BytesOfOtherProtocolTypesAreTheirOwn) {
  const auto member =
      only_member(group_of_one("connect", subscription_to({"a"}), assignment_of({{"a", {1}}})));
  EXPECT_EQ(member.subscription, std::nullopt);
  EXPECT_EQ(member.assignment, std::nullopt);
}

TEST(GroupMetadataRecord, ABadAssignmentCostsOnlyTheAssignment) {
  const std::string good = assignment_of({{"topic", {1, 2}}});
  for (std::size_t length = 0; length < good.size(); ++length) {
    const auto member =
        only_member(group_of_one("consumer", subscription_to({"a"}), good.substr(0, length)));
    EXPECT_EQ(member.assignment, std::nullopt) << length;
    EXPECT_THAT(*member.subscription, ::testing::ElementsAre("a"));
  }
}

TEST(GroupMetadataRecord, ABadSubscriptionCostsOnlyTheSubscription) {
  const std::string good = subscription_to({"one", "two"});
  for (std::size_t length = 0; length < good.size(); ++length) {
    const auto member = only_member(
        group_of_one("consumer", good.substr(0, length), assignment_of({{"one", {1}}})));
    EXPECT_EQ(member.subscription, std::nullopt) << length;
    EXPECT_EQ(*member.assignment, (Partitions{{"one", {1}}}));
  }
}

TEST(GroupMetadataRecord, LaterVersionsOfTheConsumerProtocolBeginLikeTheFirst) {
  const std::string newer = subscription_to({"a"}, 99).raw("whatever comes later");
  const auto member = only_member(group_of_one("consumer", newer, assignment_of({{"a", {3}}}, 99)));
  EXPECT_THAT(*member.subscription, ::testing::ElementsAre("a"));
  EXPECT_EQ(*member.assignment, (Partitions{{"a", {3}}}));
  EXPECT_EQ(only_member(group_of_one("consumer", subscription_to({"a"}, -1), "")).subscription,
            std::nullopt);
}

TEST(GroupMetadataRecord, ATopicThatIsAssignedTwiceHasThePartitionsOfBoth) {
  RecordBytes twice;
  twice.i16(0).i32(2).string("t").i32(1).i32(4).string("t").i32(1).i32(5).i32(-1);
  EXPECT_EQ(*only_member(group_of_one("consumer", "", twice)).assignment,
            (Partitions{{"t", {4, 5}}}));
}

TEST(GroupMetadataRecord, ManyMembersClaimedByFewBytesCostNoMemory) {
  RecordBytes value;
  value.i16(3).string("consumer").i32(1).null_string().null_string().i64(-1).i32(1 << 20);
  value.raw(std::string(1 << 20, '\xff'));
  const DecodedRecord record = decode_record(group_key(2).done(), value.done());
  EXPECT_EQ(std::get<DecodeError>(record).damage, Damage::null_field);
}

}  // namespace
}  // namespace tidemark
