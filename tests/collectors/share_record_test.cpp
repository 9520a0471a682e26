// How far a share group is done, from the records of `__share_group_state`.
#include "collectors/share_record.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/collectors/record_bytes.h"

namespace tidemark {
namespace {

using testing::RecordBytes;

constexpr Instant noon = from_ms(1'700'000'000'000);
enum State : std::int8_t { available = 0, accepted = 2, archived = 4 };

RecordBytes key(std::int16_t type, std::int32_t partition = 2) {
  return RecordBytes().i16(type).string("sharers").uuid('\x11').i32(partition);
}

RecordBytes& batch(RecordBytes& value, std::int64_t first, std::int64_t last, State state) {
  return value.i64(first).i64(last).i8(state).i16(1).no_tags();
}

RecordBytes snapshot(std::int64_t start) {
  return RecordBytes().i16(0).i32(3).i32(2).i32(0).i64(start);
}
RecordBytes update(std::int64_t start) { return RecordBytes().i16(0).i32(3).i32(0).i64(start); }

TEST(ShareRecord, ASnapshotHasTwoTimestampsSince41) {
  RecordBytes early = snapshot(7).compact_array(1);
  RecordBytes now = snapshot(7).i64(1'795'264'533'823).i64(1'795'264'533'823).compact_array(1);
  for (const std::string& value : {batch(early, 7, 9, accepted).no_tags().done(),
                                   batch(now, 7, 9, accepted).no_tags().done()}) {
    const auto record = decode_share_record(key(0).done(), value);
    ASSERT_TRUE(record);
    EXPECT_EQ(record->group, "sharers");
    EXPECT_EQ(to_string(record->topic_id), "EREREREREREREREREREREQ");
    EXPECT_EQ(record->partition, 2);
    EXPECT_FALSE(record->update);
    EXPECT_EQ(record->start, 7);
    ASSERT_EQ(record->batches.size(), 1U);
    EXPECT_EQ(record->batches[0].last, 9);
    EXPECT_TRUE(record->batches[0].done);
  }
}

TEST(ShareRecord, AnUpdateMayCountWhatIsDelivered) {
  RecordBytes value = update(0).compact_array(2);
  batch(value, 0, 9, accepted);
  batch(value, 10, 11, available);
  value.varint(1).tag(0, RecordBytes().i32(10).done());
  const auto record = decode_share_record(key(1).done(), value.done());
  ASSERT_TRUE(record);
  EXPECT_TRUE(record->update);
  ASSERT_EQ(record->batches.size(), 2U);
  EXPECT_FALSE(record->batches[1].done);
}

TEST(ShareRecord, WhatIsNoneOfThemIsNoRecord) {
  EXPECT_FALSE(decode_share_record("", std::nullopt));
  EXPECT_FALSE(decode_share_record(key(2).done(), snapshot(1).done()));
  EXPECT_FALSE(decode_share_record(key(0, -1).done(), std::nullopt));
  EXPECT_FALSE(decode_share_record(key(0).done(), ""));
  EXPECT_FALSE(decode_share_record(key(0).done(), RecordBytes().i16(1).i32(0).done()));
  EXPECT_FALSE(decode_share_record(key(1).done(), RecordBytes().i16(0).i32(0).done()));
}

TEST(ShareRecord, NoDamageGivesMoreBatchesThanThereAreBytes) {
  RecordBytes value = update(0).compact_array(2);
  batch(value, 0, 9, accepted);
  batch(value, 10, 11, available).no_tags();
  const std::string whole = value.done();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char with : {'\x00', '\x7f', '\x80', '\xff'}) {
      std::string damaged = whole;
      damaged[at] = with;
      for (const std::string& bytes : {damaged, damaged.substr(0, at)}) {
        const auto record = decode_share_record(key(1).done(), bytes);
        if (!record) continue;
        EXPECT_LE(record->batches.size(), bytes.size());
        ShareProgress().take(*record, noon);
      }
    }
  }
}

// --- what records add up to
// -------------------------------------------------------------------------

class Progress : public ::testing::Test {
 protected:
  std::optional<std::int64_t> after(ShareRecord record) {
    record.group = "sharers";
    const ShareStateSeen seen = progress_.take(record, noon);
    return seen.start ? std::optional(seen.start->get()) : std::nullopt;
  }
  static ShareRecord changed(std::int64_t start, std::vector<ShareRecord::Batch> batches) {
    ShareRecord out = whole(start, std::move(batches));
    out.update = true;
    return out;
  }
  static ShareRecord whole(std::int64_t start, std::vector<ShareRecord::Batch> batches = {}) {
    ShareRecord out;
    out.start = start;
    out.batches = std::move(batches);
    return out;
  }

  ShareProgress progress_;
};

TEST_F(Progress, AnInitialStateHasNoStart) { EXPECT_EQ(after(whole(-1)), std::nullopt); }

TEST_F(Progress, TheStartIsBehindWhatIsAcceptedAlready) {
  after(whole(-1));
  EXPECT_EQ(after(changed(0, {{0, 29, true}})), 30);
  EXPECT_EQ(after(changed(30, {{30, 30, true}})), 31);
}

TEST_F(Progress, ARecordThatIsHandedBackHoldsTheStart) {
  after(whole(0));
  EXPECT_EQ(after(changed(0, {{0, 4, true}, {5, 5, false}, {6, 9, true}})), 5);
  EXPECT_EQ(after(changed(5, {{5, 5, true}})), 10) << "what is accepted behind it counts then";
}

TEST_F(Progress, WhatIsSaidLaterOfAnOffsetReplacesWhatWasSaidBefore) {
  after(whole(0));
  EXPECT_EQ(after(changed(0, {{5, 20, true}})), 0);
  EXPECT_EQ(after(changed(0, {{8, 9, false}})), 0);
  EXPECT_EQ(after(changed(0, {{0, 4, true}})), 8);
  EXPECT_EQ(after(changed(8, {{8, 9, true}})), 21);
}

TEST_F(Progress, AnUpdateWithoutAStartLeavesIt) {
  after(whole(10));
  EXPECT_EQ(after(changed(-1, {{12, 12, true}})), 10);
}

TEST_F(Progress, ASnapshotBeginsAnew) {
  after(whole(0));
  after(changed(0, {{5, 20, true}}));
  EXPECT_EQ(after(whole(5)), 5) << "set back by hand";
  EXPECT_EQ(after(whole(-1)), std::nullopt);
}

TEST_F(Progress, ATombstoneEndsIt) {
  after(whole(5));
  ShareRecord gone = whole(-1);
  gone.tombstone = true;
  EXPECT_EQ(after(gone), std::nullopt);
  EXPECT_EQ(after(changed(-1, {})), std::nullopt);
}

TEST(ShareStatePartition, IsFoundAsTheBrokerFindsIt) {
  // As seen on a broker with four partitions of the state topic.
  const auto record = [](std::int32_t partition) {
    TopicUuid id{0x67, 0x1b, 0x88, 0xb9, 0xe2, 0x96, 0x46, 0x97,
                 0xa1, 0xf5, 0x76, 0x98, 0xda, 0xd4, 0xc8, 0xf5};
    return share_state_partition_of("sharers", id, partition, 4);
  };
  EXPECT_EQ(record(2), 1);
  EXPECT_EQ(record(1), 2);
  EXPECT_EQ(record(0), 3);
}

}  // namespace
}  // namespace tidemark
