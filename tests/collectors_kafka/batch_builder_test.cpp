#include "collectors/batch_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <span>
#include <string>

#include "tests/collectors_kafka/records.h"

namespace tidemark {
namespace {

using test::commit_key;
using test::commit_value;
using test::group_key;

constexpr Instant now = from_ms(1'700'000'000'000);

// Holds the bytes that fetched records look into.
struct Fetch {
  std::vector<FetchedRecord> records;
  std::deque<std::string> bytes;

  void add(std::int32_t partition, std::int64_t offset, const std::string& key,
           const std::optional<std::string>& value) {
    FetchedRecord record;
    record.partition = partition;
    record.offset = offset;
    record.key = bytes.emplace_back(key);
    record.value_null = !value;
    if (value) record.value = bytes.emplace_back(*value);
    records.push_back(record);
  }
};

TEST(BatchBuilder, CarriesCommitsInOrderWithTheirPartition) {
  Fetch fetch;
  fetch.add(7, 100, commit_key("billing", "orders", 3), commit_value(41, 1234));
  fetch.add(7, 101, commit_key("billing", "orders", 4), std::nullopt);
  const BuiltBatch built = build_batch(fetch.records, now);
  ASSERT_EQ(built.batch.commits.size(), 2U);
  const CommitSeen& first = built.batch.commits[0];
  EXPECT_EQ(first.key, commit_key("billing", "orders", 3));
  EXPECT_EQ(first.group, "billing");
  EXPECT_EQ(first.topic, "orders");
  EXPECT_EQ(first.partition, PartitionId{3});
  EXPECT_EQ(first.offset, Offset{41});
  EXPECT_EQ(first.committed_at, from_ms(1234));
  EXPECT_EQ(first.offsets_partition, 7);
  EXPECT_FALSE(first.tombstone);
  EXPECT_TRUE(built.batch.commits[1].tombstone);
  EXPECT_EQ(built.batch.received_at, now);
  EXPECT_EQ(built.batch.records, 2U);
  EXPECT_EQ(built.counters.records_read, 2U);
}

TEST(BatchBuilder, WhatIsTooMuchForOneBatchIsTakenInParts) {
  Fetch fetch;
  for (int i = 0; i < 5; ++i) fetch.add(0, i, std::string(40, 'k'), std::string(60, 'v'));
  fetch.add(0, 5, std::string(40, 'k'), std::string(5000, 'v'));
  const std::span<const FetchedRecord> all(fetch.records);
  EXPECT_EQ(first_part(all, 1'000'000).size(), 6U);
  EXPECT_EQ(first_part(all, 300).size(), 3U);
  EXPECT_EQ(first_part(all.subspan(5), 300).size(), 1U) << "at least one";
  EXPECT_TRUE(first_part({}, 300).empty());
}

TEST(BatchBuilder, TheBatchOwnsItsBytesEvenAfterItIsMoved) {
  Fetch fetch;
  fetch.add(0, 0, commit_key("g", "t", 0), commit_value(1, 1));
  BuiltBatch built = build_batch(fetch.records, now);
  for (std::string& bytes : fetch.bytes) std::fill(bytes.begin(), bytes.end(), '#');
  Observation moved = std::move(built.batch);
  const OffsetsBatch batch = std::get<OffsetsBatch>(std::move(moved));
  EXPECT_EQ(batch.commits[0].group, "g");
  EXPECT_EQ(batch.commits[0].topic, "t");
  EXPECT_EQ(batch.commits[0].key.data(), batch.bytes.data());
}

TEST(BatchBuilder, AGroupRecordStandsBeforeTheCommitThatFollowedIt) {
  Fetch fetch;
  fetch.add(0, 0, commit_key("g", "t", 0), commit_value(1, 1));
  fetch.add(0, 1, group_key("g"), std::nullopt);
  fetch.add(0, 2, commit_key("g", "t", 0), commit_value(2, 2));
  fetch.add(0, 3, group_key("h"), std::nullopt);
  const OffsetsBatch batch = build_batch(fetch.records, now).batch;
  ASSERT_EQ(batch.commits.size(), 2U);
  ASSERT_EQ(batch.group_records.size(), 2U);
  EXPECT_EQ(batch.group_records[0].before_commit, 1U);
  EXPECT_EQ(std::get<ClassicGroupSeen>(batch.group_records[0].record).group, GroupName{"g"});
  EXPECT_EQ(batch.group_records[1].before_commit, 2U);
}

TEST(BatchBuilder, DamageAndUnknownKindsAreCountedByKindAndTheRestGoesOn) {
  Fetch fetch;
  fetch.add(5, 10, "", commit_value(1, 1));       // no key
  fetch.add(5, 11, commit_key("g", "t", 0), "");  // empty value
  fetch.add(5, 12, commit_key("g", "t", 0), commit_value(1, 1).substr(0, 5));
  fetch.add(5, 13, std::string("\x4e\x20", 2), "anything");  // key type 20000
  fetch.add(5, 14, commit_key("g", "t", 0), commit_value(9, 9));
  const BuiltBatch built = build_batch(fetch.records, now);
  EXPECT_EQ(built.batch.records, 5U);
  ASSERT_EQ(built.batch.commits.size(), 1U);
  EXPECT_EQ(built.batch.commits[0].offset, Offset{9});
  const std::map<std::string, std::uint64_t> damage{
      {"short_key", 1}, {"empty_value", 1}, {"short_value", 1}};
  EXPECT_EQ(built.counters.decode_errors, damage);
  EXPECT_EQ(built.counters.skipped_records.at("Unknown"), 1U);
  EXPECT_EQ(built.first_damage.find("__consumer_offsets-5 at offset 10: "), 0U);
  EXPECT_EQ(built.first_unknown, "__consumer_offsets-5 at offset 13: key type 20000");
}

TEST(BatchBuilder, EndsAndErrorsOfPartitionsAreNoRecords) {
  Fetch fetch;
  fetch.add(0, 5, "", std::nullopt);
  fetch.records[0].fault = KafkaFault::end_of_log;
  const BuiltBatch built = build_batch(fetch.records, now);
  EXPECT_EQ(built.batch.records, 0U);
  EXPECT_TRUE(built.counters.decode_errors.empty());
}

}  // namespace
}  // namespace tidemark
