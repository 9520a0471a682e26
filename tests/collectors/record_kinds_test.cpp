// Every key type there is: its schema's name, what its key holds, and what becomes of the record.
#include <gtest/gtest.h>

#include <string>

#include "collectors/record.h"
#include "tests/collectors/record_bytes.h"

namespace tidemark {
namespace {

using testing::group_key;
using testing::member_key;
using testing::RecordBytes;

struct Row {
  std::int16_t type;
  const char* kind;
  bool has_member;
  GroupKind group_kind;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.kind; }

std::string key_of(const Row& row) {
  return row.has_member ? member_key(row.type) : group_key(row.type);
}

const Row skipped[] = {
    {9, "ShareGroupPartitionMetadata", false, GroupKind::none},
    {12, "ShareGroupTargetAssignmentMetadata", false, GroupKind::none},
    {13, "ShareGroupTargetAssignmentMember", true, GroupKind::none},
    {20, "StreamsGroupTargetAssignmentMetadata", false, GroupKind::none},
    {21, "StreamsGroupTargetAssignmentMember", true, GroupKind::none},
};
const Row young[] = {
    {10, "ShareGroupMemberMetadata", true, GroupKind::none},
    {11, "ShareGroupMetadata", false, GroupKind::share},
    {14, "ShareGroupCurrentMemberAssignment", true, GroupKind::none},
    {15, "ShareGroupStatePartitionMetadata", false, GroupKind::none},
    {17, "StreamsGroupMetadata", false, GroupKind::streams},
    {19, "StreamsGroupMemberMetadata", true, GroupKind::none},
    {22, "StreamsGroupCurrentMemberAssignment", true, GroupKind::none},
    {23, "StreamsGroupTopology", false, GroupKind::none},
};

void expect_key_only(const Row& row, const std::string& value) {
  const DecodedRecord decoded = decode_record(key_of(row), value);
  ASSERT_TRUE(std::holds_alternative<SkippedRecord>(decoded));
  const auto& record = std::get<SkippedRecord>(decoded);
  EXPECT_EQ(record.kind, row.kind);
  EXPECT_EQ(record.key_type, row.type);
  EXPECT_FALSE(record.tombstone);
  EXPECT_EQ(record.group, "billing");
  EXPECT_EQ(record.member_id.value_or("none"), row.has_member ? "m-1" : "none");
  EXPECT_EQ(record.group_kind, row.group_kind);
  EXPECT_EQ(record.value_version.has_value(), value.size() >= 2);
}

class SkippedKind : public ::testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Record, SkippedKind, ::testing::ValuesIn(skipped));

TEST_P(SkippedKind, GivesItsKeyWhateverItsValueHolds) {
  for (const std::string& value : {std::string(), std::string(1, '\x00'), std::string("\xff\xff"),
                                   RecordBytes().i16(0).raw("early access").done()}) {
    expect_key_only(GetParam(), value);
  }
}

TEST_P(SkippedKind, IsNoObservation) {
  const DecodedRecord decoded = decode_record(key_of(GetParam()), std::nullopt);
  EXPECT_FALSE(observed(std::get<SkippedRecord>(decoded)));
}

class YoungKind : public ::testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Record, YoungKind, ::testing::ValuesIn(young));

TEST_P(YoungKind, GivesItsKeyWhenItsValueIsOfAnotherMaking) {
  for (const std::string& value :
       {std::string(), std::string(1, '\x00'), std::string("\xff\xff"),
        RecordBytes().i16(0).raw("ea").done(), RecordBytes().i16(1).i32(3).done()}) {
    expect_key_only(GetParam(), value);
  }
}

TEST_P(YoungKind, StandsForItsGroupAllTheSameIfItIsTheGroupsOwn) {
  const Row& row = GetParam();
  const DecodedRecord decoded = decode_record(key_of(row), "");
  const auto seen = observed(std::get<SkippedRecord>(decoded));
  ASSERT_EQ(seen.has_value(), row.group_kind != GroupKind::none);
  if (!seen) return;
  const auto& other = std::get<OtherGroupSeen>(*seen);
  EXPECT_EQ(other.group, GroupName("billing"));
  EXPECT_EQ(other.kind, row.group_kind);
  EXPECT_FALSE(other.tombstone);
}

const Row decoded_kinds[] = {
    {2, "GroupMetadata", false, GroupKind::classic},
    {3, "ConsumerGroupMetadata", false, GroupKind::consumer},
    {4, "ConsumerGroupPartitionMetadata", false, GroupKind::consumer},
    {5, "ConsumerGroupMemberMetadata", true, GroupKind::consumer},
    {6, "ConsumerGroupTargetAssignmentMetadata", false, GroupKind::consumer},
    {7, "ConsumerGroupTargetAssignmentMember", true, GroupKind::consumer},
    {8, "ConsumerGroupCurrentMemberAssignment", true, GroupKind::consumer},
};

void expect_tombstone(const Row& row) {
  const DecodedRecord decoded = decode_record(key_of(row), std::nullopt);
  const auto& record = std::get<DecodedGroupRecord>(decoded);
  EXPECT_EQ(record.kind, row.kind);
  EXPECT_TRUE(record.tombstone);
  EXPECT_EQ(record.value_version, std::nullopt);
  EXPECT_EQ(record.group, "billing");
  EXPECT_EQ(record.member_id.value_or("none"), row.has_member ? "m-1" : "none");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(record.value));
}

class DecodedKind : public ::testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Record, DecodedKind, ::testing::ValuesIn(decoded_kinds));

TEST_P(DecodedKind, HasATombstoneWithItsKeyOnly) { expect_tombstone(GetParam()); }
TEST_P(YoungKind, HasATombstoneWithItsKeyOnly) { expect_tombstone(GetParam()); }

TEST_P(DecodedKind, RefusesAValueOfNoBytes) {
  const DecodedRecord decoded = decode_record(key_of(GetParam()), "");
  EXPECT_EQ(std::get<DecodeError>(decoded).damage, Damage::empty_value);
}

TEST(RecordKinds, ARegularExpressionIsPartOfItsKey) {
  const std::string key = group_key(16).string("ord.*");
  const DecodedRecord decoded = decode_record(key, std::nullopt);
  const auto& record = std::get<DecodedGroupRecord>(decoded);
  EXPECT_EQ(record.kind, "ConsumerGroupRegularExpression");
  EXPECT_EQ(record.regex, "ord.*");
}

class UnknownType : public ::testing::TestWithParam<std::int16_t> {};
INSTANTIATE_TEST_SUITE_P(Record, UnknownType, ::testing::Values(-1, 18, 24, 99, 32767));

TEST_P(UnknownType, IsNoError) {
  const std::string key = RecordBytes().i16(GetParam()).raw("\xff");
  const DecodedRecord decoded = decode_record(key, "x");
  const auto& record = std::get<SkippedRecord>(decoded);
  EXPECT_EQ(record.key_type, GetParam());
  EXPECT_EQ(record.kind, "Unknown");
  EXPECT_EQ(record.group, std::nullopt);
  EXPECT_FALSE(observed(record));
}

}  // namespace
}  // namespace tidemark
