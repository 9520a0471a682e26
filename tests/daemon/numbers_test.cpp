#include "daemon/terminal/numbers.h"

#include <gtest/gtest.h>

#include <limits>

namespace tidemark::terminal {
namespace {

TEST(Grouped, HasACommaAtEachThousand) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1310), "1,310");
  EXPECT_EQ(grouped(-1310), "-1,310");
  EXPECT_EQ(grouped(-999), "-999");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(grouped(std::numeric_limits<std::int64_t>::min()), "-9,223,372,036,854,775,808");
}

TEST(Grouped, DoesNotCallTheUnknownZero) { EXPECT_EQ(grouped(std::nullopt), "-"); }

TEST(Span, HasItsTwoLargestUnits) {
  EXPECT_EQ(span(0.0), "0s");
  EXPECT_EQ(span(0.4), "<1s");
  EXPECT_EQ(span(59.9), "59s");
  EXPECT_EQ(span(60.0), "1m");
  EXPECT_EQ(span(340.0), "5m 40s");
  EXPECT_EQ(span(3600.0), "1h");
  EXPECT_EQ(span(3601.0), "1h");
  EXPECT_EQ(span(7384.0), "2h 3m");
  EXPECT_EQ(span(273'600.0), "3d 4h");
  EXPECT_EQ(span(86'460.0), "1d");
}

TEST(Span, DoesNotCallTheUnknownZero) {
  EXPECT_EQ(span(std::nullopt), "-");
  EXPECT_EQ(span(std::numeric_limits<double>::infinity()), "-");
}

}  // namespace
}  // namespace tidemark::terminal
