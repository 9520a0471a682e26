#include "storage/byte_columns.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace tidemark {
namespace {

using Numbers = std::vector<std::int64_t>;

struct Written {
  std::string bytes;
  std::vector<ColumnCode> codes;
};

Written written(const std::vector<Numbers>& columns) {
  std::size_t count = 0;
  for (const Numbers& column : columns) count += column.size();
  std::vector<char> room(3, 'x');
  ColumnWriter writer(room, count * sizeof(std::int64_t));
  Written out;
  for (const Numbers& column : columns) {
    out.codes.push_back(writer.column(column.size(), [&](std::size_t i) { return column[i]; }));
  }
  out.bytes = writer.done();
  return out;
}

std::vector<Numbers> read(const Written& from, const std::vector<Numbers>& like) {
  const std::string bytes = from.bytes + std::string(ColumnReader::reads_beyond, '\xFF');
  ColumnReader reader(bytes.data());
  std::vector<Numbers> out;
  for (std::size_t i = 0; i < like.size(); ++i) {
    Numbers column;
    reader.column(from.codes[i], like[i].size(), [&](std::size_t at, std::int64_t number) {
      EXPECT_EQ(at, column.size());
      column.push_back(number);
    });
    out.push_back(column);
  }
  return out;
}

std::size_t bytes_for(const Numbers& column) { return written({column}).bytes.size(); }

TEST(ByteColumns, ZerosTakeNoBytes) { EXPECT_EQ(bytes_for({0, 0, 0, 0}), 0U); }

TEST(ByteColumns, AllAreAsWideAsTheWidest) {
  EXPECT_EQ(bytes_for({1, 255, 7}), 3U);
  EXPECT_EQ(bytes_for({1, 256, 7}), 6U);
  EXPECT_EQ(bytes_for({1, 65'535}), 4U);
  EXPECT_EQ(bytes_for({1, std::numeric_limits<std::int64_t>::max()}), 16U);
}

TEST(ByteColumns, ANumberBelowZeroTakesOneBitMore) {
  EXPECT_EQ(bytes_for({-1}), 1U);
  EXPECT_EQ(bytes_for({-128, 127}), 2U);
  EXPECT_EQ(bytes_for({-129}), 2U);
  EXPECT_EQ(bytes_for({-1, 128}), 4U);
  EXPECT_EQ(bytes_for({std::numeric_limits<std::int64_t>::min()}), 8U);
}

TEST(ByteColumns, TheEdgesOfEachWidthComeBack) {
  for (unsigned bits = 0; bits < 63; ++bits) {
    const std::int64_t edge = std::int64_t{1} << bits;
    for (const std::int64_t number : {edge - 1, edge, -edge, -edge - 1}) {
      const std::vector<Numbers> columns{{number}, {number, 1}, {-1, number}, {3}};
      EXPECT_EQ(read(written(columns), columns), columns) << number;
    }
  }
}

TEST(ByteColumns, AWordStandsBetweenColumns) {
  std::vector<char> room;
  ColumnWriter writer(room, 32);
  const std::uint64_t kept = 0x0123'4567'89AB'CDEF;
  const ColumnCode before = writer.column(1, [](std::size_t) { return -5; });
  std::memcpy(writer.word(), &kept, sizeof kept);
  const ColumnCode after = writer.column(1, [](std::size_t) { return 500; });
  const std::string bytes =
      std::string(writer.done()) + std::string(ColumnReader::reads_beyond, '\0');
  ColumnReader reader(bytes.data());
  EXPECT_EQ(reader.number(before), -5);
  EXPECT_EQ(reader.word(), kept);
  EXPECT_EQ(reader.number(after), 500);
}

TEST(ByteColumns, AnyNumbersComeBack) {
  std::mt19937_64 random(20240101);
  for (int round = 0; round < 20'000; ++round) {
    std::vector<Numbers> columns(random() % 5);
    for (Numbers& column : columns) {
      const auto narrower = static_cast<unsigned>(random() % 64);
      for (std::size_t count = random() % 12; count > 0; --count) {
        const auto word = static_cast<std::int64_t>(random());
        column.push_back((random() % 4 == 0 ? word : std::abs(word / 2)) >> narrower);
      }
    }
    ASSERT_EQ(read(written(columns), columns), columns) << "round " << round;
  }
}

}  // namespace
}  // namespace tidemark
