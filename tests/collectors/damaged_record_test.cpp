// What is wrong with a record, and where: each row is one way to be damaged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "collectors/record.h"
#include "tests/collectors/record_bytes.h"

namespace tidemark {
namespace {

using testing::commit_key;
using testing::group_key;
using testing::member_key;
using testing::RecordBytes;

struct Row {
  const char* story;
  std::string key;
  std::string value;
  Damage damage;
  bool in_key;
  std::size_t at;
  const char* names;  // what the message must name
};

RecordBytes commit(std::int16_t version) {
  RecordBytes value;
  value.i16(version).i64(5);
  if (version >= 3) value.i32(-1);
  return value;
}

RecordBytes group_without_members(std::int16_t version) {
  return RecordBytes().i16(version).string("consumer").i32(1).null_string().null_string();
}

const std::string five_bytes_and_one_more = "\x80\x80\x80\x80\x80\x01";

const Row rows[] = {
    {"no key type", "", "", Damage::short_key, true, 0, "key type"},
    {"half a key type", std::string(1, '\0'), "", Damage::short_key, true, 0, "key type"},
    {"a group name longer than the key", RecordBytes().i16(1).i16(300).raw("abc"), "",
     Damage::bad_length, true, 2, "group"},
    {"a null group", RecordBytes().i16(2).null_string(), "", Damage::null_field, true, 2, "group"},
    {"a null member id", group_key(5).null_string(), "", Damage::null_field, true, 11, "member_id"},
    {"a null regular expression", group_key(16).null_string(), "", Damage::null_field, true, 11,
     "ConsumerGroupRegularExpression: regex"},
    {"the key of a skipped kind is cut short", RecordBytes().i16(13).string("g"), "",
     Damage::short_key, true, 5, "ShareGroupTargetAssignmentMember: member_id"},
    {"a value of no bytes", commit_key(), "", Damage::empty_value, false, 0, "OffsetCommit"},
    {"half a version", commit_key(), std::string(1, '\0'), Damage::short_value, false, 0,
     "version"},
    {"a commit of a version to come", commit_key(), commit(5), Damage::unknown_version, false, 0,
     "version at byte 0 of the value is 5"},
    {"a negative version", commit_key(), commit(-1), Damage::unknown_version, false, 0, "-1"},
    {"group metadata of a version to come", group_key(2), group_without_members(5),
     Damage::unknown_version, false, 0, "GroupMetadata"},
    {"a modern group of a version to come", group_key(3), RecordBytes().i16(1).i32(1).no_tags(),
     Damage::unknown_version, false, 0, "ConsumerGroupMetadata"},
    {"null metadata", commit_key(), commit(3).null_string().i64(1), Damage::null_field, false, 14,
     "metadata"},
    {"null metadata, compact", commit_key(), commit(4).compact_null().i64(1).no_tags(),
     Damage::null_field, false, 14, "metadata"},
    {"metadata longer than the value", commit_key(), commit(2).i16(500).i64(1), Damage::bad_length,
     false, 10, "has the length 500, 8 bytes are left"},
    {"a compact string longer than a string may be", commit_key(),
     commit(4).compact(std::string(32768, 'x')).i64(1).no_tags(), Damage::bad_length, false, 14,
     "32768"},
    {"a length of six bytes", commit_key(), commit(4).raw(five_bytes_and_one_more).i64(1),
     Damage::bad_varint, false, 14, "metadata"},
    {"a topic id that is cut short", commit_key(),
     commit(4).compact("").i64(1).varint(1).tag(0, "short"), Damage::short_value, false, 26,
     "topic_id"},
    {"an unknown tag longer than the value", commit_key(),
     commit(4).compact("").i64(1).varint(1).varint(5).varint(100), Damage::bad_length, false, 26,
     "tagged"},
    {"more tagged fields than there are", commit_key(),
     commit(4).compact("").i64(1).varint(1'000'000'000), Damage::short_value, false, 28, "tag"},
    {"a null array of members", group_key(2), group_without_members(0).i32(-1), Damage::null_field,
     false, 20, "members"},
    {"more members than bytes", group_key(2), group_without_members(0).i32(INT32_MAX),
     Damage::bad_length, false, 20, "members"},
    {"a member that is cut short", group_key(2), group_without_members(0).i32(1).string("m"),
     Damage::short_value, false, 27, "members.client_id"},
    {"a null subscription", group_key(2),
     group_without_members(0).i32(1).string("m").string("c").string("h").i32(1).i32(-1).bytes(""),
     Damage::null_field, false, 37, "members.subscription"},
    {"more partitions than bytes", member_key(7),
     RecordBytes().i16(0).compact_array(1).uuid('a').varint(0x7FFFFFFF), Damage::bad_length, false,
     19, "topic_partitions.partitions"},
    {"a null array of assigned partitions", member_key(8),
     RecordBytes().i16(0).i32(1).i32(0).i8(0).varint(0), Damage::null_field, false, 11,
     "assigned_partitions"},
    {"a modern member without a client id", member_key(5),
     RecordBytes().i16(0).compact_null().compact_null().compact_null(), Damage::null_field, false,
     4, "client_id"},
};

class EveryDamage : public ::testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Record, EveryDamage, ::testing::ValuesIn(rows));

void PrintTo(const Row& row, std::ostream* out) { *out << row.story; }

TEST_P(EveryDamage, IsNamedWithItsPlace) {
  const Row& row = GetParam();
  SCOPED_TRACE(row.story);
  const DecodedRecord decoded = decode_record(row.key, row.value);
  const auto* error = std::get_if<DecodeError>(&decoded);
  ASSERT_NE(error, nullptr);
  EXPECT_EQ(to_string(error->damage), to_string(row.damage)) << error->message;
  EXPECT_EQ(error->in_key, row.in_key) << error->message;
  EXPECT_EQ(error->at, row.at) << error->message;
  EXPECT_THAT(error->message, ::testing::HasSubstr(row.names));
  EXPECT_THAT(error->message, ::testing::HasSubstr("at byte " + std::to_string(row.at)));
  OffsetCommit commit;
  EXPECT_FALSE(decode_commit(row.key, row.value, commit));
}

TEST(DamagedRecord, AVarintOfFiveBytesIsFine) {
  RecordBytes value = commit(4);
  value.raw("\x85\x80\x80\x80").i8(0).raw("abcd").i64(1).no_tags();
  const DecodedRecord decoded = decode_record(commit_key().done(), value.done());
  EXPECT_EQ(std::get<OffsetCommit>(decoded).metadata, "abcd");
}

TEST(DamagedRecord, EveryDamageHasAWordOfItsOwn) {
  std::set<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(Damage::empty_value); ++i) {
    words.insert(to_string(static_cast<Damage>(i)));
  }
  EXPECT_EQ(words.size(), 7U);
  EXPECT_FALSE(words.contains(""));
}

}  // namespace
}  // namespace tidemark
