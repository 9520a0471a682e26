#include <gtest/gtest.h>

#include <string>

#include "collectors/record.h"

namespace tidemark {
namespace {

struct Row {
  const char* story;
  std::string group;
  std::int32_t partitions;
  std::int32_t expected;  // by Kafka's own hash
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.story; }

const Row rows[] = {
    {"the empty group", "", 50, 0},
    {"one letter", "a", 50, 47},
    {"a negative hash", "billing", 50, 9},
    {"a hash that has no absolute value", "polygenelubricants", 50, 0},
    {"a hash that has no absolute value, odd number of partitions", "polygenelubricants", 7, 0},
    {"a positive hash", "payments-service", 50, 43},
    {"letters beyond ASCII", "grüße", 50, 23},
    {"letters beyond 16 bits are two units", "😀", 50, 49},
    {"one partition", "whatever", 1, 0},
};

class OffsetsPartition : public ::testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Group, OffsetsPartition, ::testing::ValuesIn(rows));

TEST_P(OffsetsPartition, IsTheBrokers) {
  EXPECT_EQ(offsets_partition_of(GetParam().group, GetParam().partitions), GetParam().expected);
}

TEST(OffsetsPartition, WithoutPartitionsThereIsNoneToChoose) {
  EXPECT_EQ(offsets_partition_of("a", 0), 0);
}

}  // namespace
}  // namespace tidemark
