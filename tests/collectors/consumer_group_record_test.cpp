#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "collectors/record.h"
#include "tests/collectors/record_bytes.h"
#include "tests/collectors/seen.h"

namespace tidemark {
namespace {

using testing::group_key;
using testing::member_key;
using testing::RecordBytes;
using testing::version_0;

template <class Value>
Value value_of(const std::string& key, const std::string& value) {
  const DecodedRecord decoded = decode_record(key, value);
  const auto* record = std::get_if<DecodedGroupRecord>(&decoded);
  EXPECT_NE(record, nullptr);
  return record == nullptr ? Value{} : std::get<Value>(record->value);
}

TEST(ConsumerGroupMetadataRecord, TheHashMayBeMissing) {
  const auto plain = value_of<ConsumerGroupMetadata>(group_key(3), version_0().i32(4).no_tags());
  EXPECT_EQ(plain.epoch, 4);
  EXPECT_EQ(plain.metadata_hash, 0);
  const auto hashed = value_of<ConsumerGroupMetadata>(
      group_key(3), version_0().i32(5).varint(1).tag(0, RecordBytes().i64(-99).done()));
  EXPECT_EQ(hashed.metadata_hash, -99);
}

TEST(ConsumerGroupPartitionMetadataRecord, GivesIdsTheirNames) {
  RecordBytes value = version_0();
  value.compact_array(1).uuid('\x11').compact("orders").i32(3).compact_array(1);
  value.i32(0).compact_array(2).compact("a").compact("b").no_tags();
  value.no_tags().no_tags();
  const auto read = value_of<ConsumerGroupPartitionMetadata>(group_key(4), value);
  ASSERT_EQ(read.topics.size(), 1U);
  EXPECT_EQ(to_string(read.topics[0].topic_id), "EREREREREREREREREREREQ");
  EXPECT_EQ(read.topics[0].topic_name, "orders");
  EXPECT_EQ(read.topics[0].num_partitions, 3);
  EXPECT_THAT(read.topics[0].partition_metadata.at(0).racks, ::testing::ElementsAre("a", "b"));
}

RecordBytes member_fields() {
  RecordBytes value = version_0();
  value.compact("instance").compact("rack").compact("client").compact("/host");
  value.compact_array(2).compact("orders").compact("payments").compact("");
  return value.i32(300'000).compact("uniform");
}

TEST(ConsumerGroupMemberMetadataRecord, AModernMemberHasNoClassicPart) {
  const std::string value = member_fields().varint(1).tag(0, RecordBytes().varint(0).done());
  const auto member = value_of<ConsumerGroupMemberMetadata>(member_key(5), value);
  EXPECT_EQ(member.instance_id, "instance");
  EXPECT_EQ(member.rack_id, "rack");
  EXPECT_EQ(member.client_id, "client");
  EXPECT_EQ(member.client_host, "/host");
  EXPECT_THAT(member.subscribed_topic_names, ::testing::ElementsAre("orders", "payments"));
  EXPECT_EQ(member.subscribed_topic_regex, "");
  EXPECT_EQ(member.rebalance_timeout_ms, 300'000);
  EXPECT_EQ(member.server_assignor, "uniform");
  EXPECT_EQ(member.classic_member_metadata, std::nullopt);
}

TEST(ConsumerGroupMemberMetadataRecord, AClassicMemberInAModernGroupHasOne) {
  RecordBytes classic;
  classic.varint(1).i32(45'000).compact_array(1).compact("range").compact("bytes").no_tags();
  classic.no_tags();
  const std::string value = member_fields().varint(1).tag(0, classic.done());
  const auto member = value_of<ConsumerGroupMemberMetadata>(member_key(5), value);
  ASSERT_TRUE(member.classic_member_metadata);
  EXPECT_EQ(member.classic_member_metadata->session_timeout_ms, 45'000);
  EXPECT_EQ(member.classic_member_metadata->supported_protocols.at(0).name, "range");
  EXPECT_EQ(member.classic_member_metadata->supported_protocols.at(0).metadata, "bytes");
}

TEST(ConsumerGroupTargetAssignmentRecords, NameTopicsById) {
  RecordBytes value = version_0();
  value.compact_array(1).uuid('\x11').compact_array(2).i32(0).i32(5).no_tags().no_tags();
  const auto target = value_of<ConsumerGroupTargetAssignmentMember>(member_key(7), value);
  ASSERT_EQ(target.topic_partitions.size(), 1U);
  EXPECT_THAT(target.topic_partitions[0].partitions, ::testing::ElementsAre(0, 5));

  const std::string time = RecordBytes().i64(1'700'000'000'000);
  const auto epoch = value_of<ConsumerGroupTargetAssignmentMetadata>(
      group_key(6), version_0().i32(9).varint(1).tag(0, time));
  EXPECT_EQ(epoch.assignment_epoch, 9);
  EXPECT_EQ(epoch.assignment_timestamp, 1'700'000'000'000);
}

TEST(ConsumerGroupCurrentMemberAssignmentRecord, HasWhatIsOwnedAndWhatIsGivenUp) {
  RecordBytes value = version_0();
  value.i32(-2).i32(6).i8(1);
  value.compact_array(1).uuid('\x11').compact_array(1).i32(3);
  value.varint(1).tag(0, RecordBytes().compact_array(1).i32(6).done());
  value.compact_array(1).uuid('\x22').compact_array(1).i32(4).no_tags().no_tags();
  const auto current = value_of<ConsumerGroupCurrentMemberAssignment>(member_key(8), value);
  EXPECT_EQ(current.member_epoch, -2);
  EXPECT_EQ(current.previous_member_epoch, 6);
  EXPECT_EQ(current.state, 1);
  EXPECT_THAT(current.assigned_partitions.at(0).partitions, ::testing::ElementsAre(3));
  EXPECT_THAT(*current.assigned_partitions.at(0).assignment_epochs, ::testing::ElementsAre(6));
  EXPECT_THAT(current.partitions_pending_revocation.at(0).partitions, ::testing::ElementsAre(4));
  EXPECT_THAT(*current.partitions_pending_revocation.at(0).assignment_epochs, ::testing::IsEmpty());
}

TEST(ModernRecords, ATagThatIsNotKnownIsSkipped) {
  const auto group = value_of<ConsumerGroupMetadata>(
      group_key(3), version_0().i32(4).varint(2).tag(1, "soon").tag(2, ""));
  EXPECT_EQ(group.epoch, 4);
}

TEST(RegularExpressionRecord, SaysWhichTopicsMatch) {
  RecordBytes value = version_0().compact_array(2).compact("orders").compact("payments");
  value.i64(77).i64(1'795'264'539'110).no_tags();
  const auto regex = testing::seen<RegexSeen>(group_key(16).string("(orders|pay.*)"), value);
  EXPECT_EQ(regex.group, GroupName("billing"));
  EXPECT_EQ(regex.regex, "(orders|pay.*)");
  EXPECT_FALSE(regex.tombstone);
  EXPECT_THAT(regex.topics, ::testing::ElementsAre("orders", "payments"));
}

}  // namespace
}  // namespace tidemark
