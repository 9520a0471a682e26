#include <gtest/gtest.h>

#include <string>

#include "collectors/record.h"
#include "tests/collectors/record_bytes.h"

namespace tidemark {
namespace {

using testing::commit_key;
using testing::RecordBytes;

const std::string key = commit_key();

OffsetCommit commit_of(const std::string& value, const std::string& with_key = key) {
  const DecodedRecord decoded = decode_record(with_key, value);
  const auto* commit = std::get_if<OffsetCommit>(&decoded);
  EXPECT_NE(commit, nullptr);
  return commit == nullptr ? OffsetCommit{} : *commit;
}

RecordBytes value_of_version(std::int16_t version) {
  RecordBytes value;
  value.i16(version).i64(1234);
  if (version >= 3) value.i32(5);
  if (version >= 4) {
    value.compact("note");
  } else {
    value.string("note");
  }
  value.i64(1'700'000'000'000);
  if (version == 1) value.i64(1'700'604'800'000);
  if (version >= 4) value.no_tags();
  return value;
}

class EveryVersion : public ::testing::TestWithParam<std::int16_t> {};
INSTANTIATE_TEST_SUITE_P(OffsetCommit, EveryVersion, ::testing::Range<std::int16_t>(0, 5));

TEST_P(EveryVersion, HasTheFieldsOfItsSchema) {
  const std::string value = value_of_version(GetParam());
  const OffsetCommit commit = commit_of(value);
  EXPECT_EQ(commit.group, "billing");
  EXPECT_EQ(commit.topic, "invoices");
  EXPECT_EQ(commit.partition, 17);
  EXPECT_FALSE(commit.tombstone);
  EXPECT_EQ(commit.value_version, GetParam());
  EXPECT_EQ(commit.offset, 1234);
  EXPECT_EQ(commit.leader_epoch, GetParam() >= 3 ? 5 : -1);
  EXPECT_EQ(commit.metadata, "note");
  EXPECT_EQ(commit.commit_timestamp, 1'700'000'000'000);
  EXPECT_EQ(commit.expire_timestamp, GetParam() == 1 ? 1'700'604'800'000 : -1);
  EXPECT_EQ(commit.topic_id, TopicUuid{});
}

TEST_P(EveryVersion, IsTheSameCommitOnTheFastPath) {
  const std::string value = value_of_version(GetParam());
  OffsetCommit fast;
  EXPECT_TRUE(decode_commit(key, value, fast));
  EXPECT_EQ(fast, commit_of(value));
  OffsetCommit tombstone;
  EXPECT_TRUE(decode_commit(key, std::nullopt, tombstone));
  EXPECT_EQ(tombstone, std::get<OffsetCommit>(decode_record(key, std::nullopt)));
}

TEST(OffsetCommitRecord, TheFastPathLeavesOtherKindsAlone) {
  OffsetCommit commit;
  EXPECT_FALSE(decode_commit(RecordBytes().i16(2).string("billing").done(), std::nullopt, commit));
  EXPECT_FALSE(decode_commit("", std::nullopt, commit));
}

TEST_P(EveryVersion, IsRefusedWhereverItIsCutShort) {
  const std::string value = value_of_version(GetParam());
  for (std::size_t length = 0; length < value.size(); ++length) {
    const DecodedRecord decoded = decode_record(key, value.substr(0, length));
    const auto* error = std::get_if<DecodeError>(&decoded);
    ASSERT_NE(error, nullptr) << length;
    EXPECT_FALSE(error->in_key);
    EXPECT_LE(error->at, length);
  }
}

TEST_P(EveryVersion, MayHaveBytesAfterTheLastField) {
  const std::string value = value_of_version(GetParam()).i32(-1);
  EXPECT_EQ(commit_of(value, commit_key().i8(7)).offset, 1234);
}

TEST(OffsetCommitRecord, TheKeyIsRefusedWhereverItIsCutShort) {
  for (std::size_t length = 0; length < key.size(); ++length) {
    const DecodedRecord decoded = decode_record(key.substr(0, length), std::nullopt);
    const auto* error = std::get_if<DecodeError>(&decoded);
    ASSERT_NE(error, nullptr) << length;
    EXPECT_TRUE(error->in_key);
  }
}

TEST(OffsetCommitRecord, ATombstoneHasItsKeyOnly) {
  const DecodedRecord decoded = decode_record(key, std::nullopt);
  const auto& commit = std::get<OffsetCommit>(decoded);
  EXPECT_TRUE(commit.tombstone);
  EXPECT_EQ(commit.value_version, -1);
  EXPECT_EQ(commit.topic, "invoices");
}

TEST(OffsetCommitRecord, TheLegacyKeyHasLegacyValuesOnly) {
  const std::string legacy = RecordBytes().i16(0).string("billing").string("invoices").i32(17);
  const OffsetCommit commit = commit_of(value_of_version(0), legacy);
  EXPECT_EQ(commit.key_type, 0);
  EXPECT_EQ(commit.offset, 1234);
  const DecodedRecord newer = decode_record(legacy, value_of_version(1).done());
  EXPECT_EQ(std::get<DecodeError>(newer).damage, Damage::unknown_version);
}

TEST(OffsetCommitRecord, CopiesNothing) {
  const std::string value = value_of_version(3);
  const OffsetCommit commit = commit_of(value);
  EXPECT_EQ(commit.group.data(), key.data() + 4);
  EXPECT_EQ(commit.topic.data(), key.data() + 13);
}

TEST(OffsetCommitRecord, TheTopicIdIsATag) {
  const std::string id(16, '\x11');
  RecordBytes value;
  value.i16(4).i64(9).i32(-1).compact("").i64(1).varint(3);
  value.tag(7, "unknown").tag(0, id).tag(9, "");
  EXPECT_EQ(to_string(commit_of(value).topic_id), "EREREREREREREREREREREQ");
}

TEST(OffsetCommitRecord, GroupsAndOffsetsMayBeAnything) {
  const std::string odd = commit_key("", "t\0x\xff", 0);
  const OffsetCommit commit =
      commit_of(RecordBytes().i16(0).i64(INT64_MAX).string("").i64(-1), odd);
  EXPECT_EQ(commit.group, "");
  EXPECT_EQ(commit.offset, INT64_MAX);
  EXPECT_EQ(commit.commit_timestamp, -1);
}

}  // namespace
}  // namespace tidemark
