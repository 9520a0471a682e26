#include "core/duration.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

TEST(Duration, IsANumberAndAUnit) {
  EXPECT_EQ(parse_duration("250ms"), Duration{250});
  EXPECT_EQ(parse_duration("10s"), Duration{10'000});
  EXPECT_EQ(parse_duration("5m"), Duration{300'000});
  EXPECT_EQ(parse_duration("2h"), Duration{7'200'000});
  EXPECT_EQ(parse_duration("7d"), Duration{604'800'000});
  EXPECT_EQ(parse_duration("0s"), Duration{0});
}

TEST(Duration, IsNothingElse) {
  for (const char* text : {"", "s", "5", "5 m", " 5m", "5M", "1h30m", "1.5h", "-1s", "+1s", "5min",
                           "9223372036854775807s", "99999999999999999999ms"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Duration, IsWrittenAsShortAsItCanBeReadBack) {
  for (const char* text : {"250ms", "1s", "90s", "5m", "30h", "3650d", "0s"}) {
    EXPECT_EQ(write_duration(*parse_duration(text)), text);
  }
  EXPECT_EQ(write_duration(Duration{60'000}), "1m");
}

}  // namespace
}  // namespace tidemark
