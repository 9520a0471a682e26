// What is encoded here is read back by the decoder that the daemon reads brokers' records with.
#include "daemon/demo/records.h"

#include <gmock/gmock.h>

#include "collectors/record.h"

namespace tidemark::demo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TopicUuid some_id() {
  TopicUuid id{};
  for (std::size_t i = 0; i < id.size(); ++i) id.at(i) = static_cast<std::uint8_t>(250 + i);
  return id;
}

OffsetCommit some_commit() {
  OffsetCommit commit;
  commit.group = "payments";
  commit.topic = "orders";
  commit.partition = 300;
  commit.offset = 0x0123456789abcdef;
  commit.leader_epoch = 7;
  commit.metadata = "by hand";
  commit.commit_timestamp = 1'700'000'000'123;
  commit.topic_id = some_id();
  return commit;
}

OffsetCommit read_back(const Record& record) {
  return std::get<OffsetCommit>(decode_record(record.key, record.value));
}

void expect_same(const OffsetCommit& read, const OffsetCommit& written) {
  EXPECT_EQ(read.key_type, 1);
  EXPECT_FALSE(read.tombstone);
  EXPECT_EQ(read.group, written.group);
  EXPECT_EQ(read.topic, written.topic);
  EXPECT_EQ(read.partition, written.partition);
  EXPECT_EQ(read.offset, written.offset);
  EXPECT_EQ(read.leader_epoch, written.leader_epoch);
  EXPECT_EQ(read.metadata, written.metadata);
  EXPECT_EQ(read.commit_timestamp, written.commit_timestamp);
}

TEST(Records, ACommitOfVersion3HasNoTopicId) {
  const Record record = encode_commit(some_commit(), CommitVersion::v3);
  const OffsetCommit read = read_back(record);
  expect_same(read, some_commit());
  EXPECT_EQ(read.value_version, 3);
  EXPECT_EQ(read.topic_id, TopicUuid{});
}

TEST(Records, ACommitOfVersion4NamesItsTopicById) {
  const Record record = encode_commit(some_commit(), CommitVersion::v4);
  const OffsetCommit read = read_back(record);
  expect_same(read, some_commit());
  EXPECT_EQ(read.value_version, 4);
  EXPECT_EQ(read.topic_id, some_id());
}

TEST(Records, ACommitOfVersion4MayKnowNoTopicId) {
  OffsetCommit commit = some_commit();
  commit.topic_id = TopicUuid{};
  const Record record = encode_commit(commit, CommitVersion::v4);
  EXPECT_EQ(read_back(record).topic_id, TopicUuid{});
}

TEST(Records, LongMetadataOfACommitTakesALengthOfTwoBytes) {
  const std::string metadata(1000, 'm');
  OffsetCommit commit = some_commit();
  commit.metadata = metadata;
  const Record record = encode_commit(commit, CommitVersion::v4);
  expect_same(read_back(record), commit);
}

GroupMetadata read_group(const Record& record) {
  const DecodedRecord decoded = decode_record(record.key, record.value);
  const auto& group = std::get<DecodedGroupRecord>(decoded);
  EXPECT_EQ(group.group, "payments");
  EXPECT_EQ(group.value_version, 3);
  return std::get<GroupMetadata>(group.value);
}

MemberMetadata some_member() {
  MemberMetadata member;
  member.member_id = "payments-1-f00";
  member.group_instance_id = "instance-1";
  member.client_id = "payments-1";
  member.client_host = "/10.1.4.7";
  member.rebalance_timeout = 300'000;
  member.session_timeout = 45'000;
  member.subscription = {"orders", "invoices"};
  member.assignment = {{"orders", {0, 2}}, {"invoices", {1}}};
  return member;
}

TEST(Records, AGroupIsReadBackWithItsMembers) {
  GroupMetadata written;
  written.protocol_type = "consumer";
  written.generation = 12;
  written.protocol = "range";
  written.leader = "payments-1-f00";
  written.current_state_timestamp = 1'700'000'000'123;
  written.members = {some_member(), MemberMetadata{}};
  const GroupMetadata read = read_group(encode_group("payments", written));
  EXPECT_EQ(read.protocol_type, "consumer");
  EXPECT_EQ(read.generation, 12);
  EXPECT_EQ(read.protocol, "range");
  EXPECT_EQ(read.leader, "payments-1-f00");
  EXPECT_EQ(read.current_state_timestamp, 1'700'000'000'123);
  ASSERT_EQ(read.members.size(), 2U);
  const MemberMetadata& member = read.members.front();
  EXPECT_EQ(member.member_id, "payments-1-f00");
  EXPECT_EQ(member.group_instance_id, "instance-1");
  EXPECT_EQ(member.client_id, "payments-1");
  EXPECT_EQ(member.client_host, "/10.1.4.7");
  EXPECT_EQ(member.rebalance_timeout, 300'000);
  EXPECT_EQ(member.session_timeout, 45'000);
  EXPECT_THAT(*member.subscription, ElementsAre("orders", "invoices"));
  EXPECT_THAT(*member.assignment,
              ElementsAre(Pair("invoices", ElementsAre(1)), Pair("orders", ElementsAre(0, 2))));
  EXPECT_EQ(read.members.back().group_instance_id, std::nullopt);
}

TEST(Records, AnEmptyGroupHasNeitherProtocolNorLeader) {
  GroupMetadata written;
  written.protocol_type = "consumer";
  written.generation = 13;
  const GroupMetadata read = read_group(encode_group("payments", written));
  EXPECT_EQ(read.generation, 13);
  EXPECT_EQ(read.protocol, std::nullopt);
  EXPECT_EQ(read.leader, std::nullopt);
  EXPECT_THAT(read.members, IsEmpty());
}

}  // namespace
}  // namespace tidemark::demo
