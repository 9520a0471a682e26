#include <gtest/gtest.h>

#include <string>

#include "collectors/record.h"
#include "collectors/utf8.h"

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

std::u32string read(std::string_view text) {
  std::u32string out;
  while (!text.empty()) out += next_code_point(text);
  return out;
}

TEST(Utf8, ReadsCodePointsOfEveryLength) {
  EXPECT_EQ(read("aü漢😀"), U"aü漢😀");
  EXPECT_EQ(read("\x7f\xc2\x80\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"),
            U"\x7f\x80\x800\xffff\x10000\x10ffff");
}

TEST(Utf8, ReplacesWhatIsBroken) {
  EXPECT_EQ(read("a\x80z"), U"a\xfffdz");                  // goes on without beginning
  EXPECT_EQ(read("\xc3"), U"\xfffd");                      // cut short
  EXPECT_EQ(read("\xf0\x9f\x98z"), U"\xfffdz");            // one for the longest beginning
  EXPECT_EQ(read("\xc0\x80"), U"\xfffd\xfffd");            // overlong
  EXPECT_EQ(read("\xe0\x80\x80"), U"\xfffd\xfffd\xfffd");  // overlong
  EXPECT_EQ(read("\xed\xa0\x80"), U"\xfffd\xfffd\xfffd");  // a surrogate
  EXPECT_EQ(read("\xf4\x90\x80\x80"), U"\xfffd\xfffd\xfffd\xfffd");  // beyond the last code point
  EXPECT_EQ(read("\xfe\xff"), U"\xfffd\xfffd");
}

}  // namespace
}  // namespace tidemark
