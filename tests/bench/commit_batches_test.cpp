// What is written past the coordinator is what a producer would have sent.
#include "tests/bench/commit_batches.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "collectors/record.h"
#include "tests/bench/big_endian.h"
#include "tests/bench/crc32c.h"

namespace tidemark::bench {
namespace {

constexpr Instant now = from_ms(1'700'000'000'000);

World small_world() {
  World world;
  world.groups = 40;
  world.topics = 3;
  world.partitions = 7;
  world.rounds = 4;
  world.offsets_partitions = 5;
  return world;
}

// Reads the records of a batch again, byte by byte.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::int64_t number(int width) {
    const std::int64_t out = number_at(bytes_, at_, width);
    at_ += static_cast<std::size_t>(width);
    return out;
  }
  std::int64_t varint() {
    std::uint64_t out = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      out |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) break;
    }
    return static_cast<std::int64_t>(out >> 1) ^ -static_cast<std::int64_t>(out & 1);
  }
  std::string_view text(std::int64_t length) {
    const auto out = bytes_.substr(at_, static_cast<std::size_t>(length));
    at_ += out.size();
    return out;
  }
  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

using Commits = std::map<std::pair<std::string, int>, std::int64_t>;  // group, partition: offset

Commits commits_in(const CommitBatch& batch) {
  Commits out;
  Reader reader(batch.bytes());
  EXPECT_EQ(reader.number(8), 0);
  EXPECT_EQ(reader.number(4), static_cast<std::int64_t>(batch.bytes().size() - 12));
  reader.number(4);
  EXPECT_EQ(reader.number(1), 2);
  const auto crc = static_cast<std::uint32_t>(reader.number(4));
  EXPECT_EQ(crc, crc32c(std::string_view(batch.bytes()).substr(reader.at())));
  EXPECT_EQ(reader.number(2), 0);
  EXPECT_EQ(reader.number(4), static_cast<std::int64_t>(batch.records()) - 1);
  EXPECT_EQ(reader.number(8), to_ms(now));
  EXPECT_EQ(reader.number(8), to_ms(now));
  reader.text(8 + 2 + 4);
  EXPECT_EQ(reader.number(4), static_cast<std::int64_t>(batch.records()));
  for (std::size_t i = 0; i < batch.records(); ++i) {
    const auto length = reader.varint();
    const auto end = reader.at() + static_cast<std::size_t>(length);
    reader.number(1);
    EXPECT_EQ(reader.varint(), 0);
    EXPECT_EQ(reader.varint(), static_cast<std::int64_t>(i));
    const auto key = reader.text(reader.varint());
    const auto value = reader.text(reader.varint());
    EXPECT_EQ(reader.varint(), 0);
    EXPECT_EQ(reader.at(), end);
    const auto record = decode_record(key, value);
    const auto& commit = std::get<OffsetCommit>(record);
    out[{std::string(commit.group), commit.partition}] = commit.offset;
  }
  EXPECT_EQ(reader.at(), batch.bytes().size());
  return out;
}

TEST(Crc32c, IsTheOneOfCastagnoli) {
  EXPECT_EQ(crc32c("123456789"), 0xE3069283U);
  EXPECT_EQ(crc32c(""), 0U);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);
}

TEST(CommitBatches, HoldEachCommitOfARoundOnceInThePartitionOfItsGroup) {
  const World world = small_world();
  Commits all;
  std::size_t records = 0;
  for (CommitBatch& batch : commit_batches(world, 20)) {
    batch.set_round(world, 0, now);
    EXPECT_LE(batch.records(), 20U);
    records += batch.records();
    for (const auto& [of, offset] : commits_in(batch)) {
      EXPECT_EQ(offsets_partition_of(of.first, world.offsets_partitions),
                batch.offsets_partition());
      all[of] = offset;
    }
  }
  EXPECT_EQ(records, 280U);
  ASSERT_EQ(all.size(), 280U);
  for (int g = 0; g < world.groups; ++g) {
    for (int p = 0; p < world.partitions; ++p) {
      EXPECT_EQ((all[{world.group(g), p}]), world.offset(g, 0)) << g << ' ' << p;
    }
  }
}

TEST(CommitBatches, OfALaterRoundHoldItsOffsets) {
  const World world = small_world();
  std::vector<CommitBatch> batches = commit_batches(world, 10'000);
  ASSERT_EQ(batches.size(), 5U);
  for (const int round : {0, 3, 1}) {
    batches[2].set_round(world, round, now);
    const Commits commits = commits_in(batches[2]);
    ASSERT_FALSE(commits.empty());
    for (int g = 0; g < world.groups; ++g) {
      const auto found = commits.find({world.group(g), 6});
      if (found == commits.end()) continue;
      EXPECT_EQ(found->second, world.offset(g, round));
    }
  }
}

TEST(CommitBatches, AreNoLargerThanABrokerTakes) {
  World world = small_world();
  world.partitions = 2000;
  world.offsets_partitions = 1;
  for (const CommitBatch& batch : commit_batches(world, 1'000'000)) {
    EXPECT_LE(batch.bytes().size(), 1'000'000U);
  }
}

}  // namespace
}  // namespace tidemark::bench
