#include "core/calendar.h"

#include <gtest/gtest.h>

#include <iomanip>
#include <sstream>

namespace tidemark {
namespace {

std::string written(Instant at) {
  const std::tm date = calendar(at);
  std::ostringstream out;
  out << std::put_time(&date, "%Y-%m-%d %H:%M:%S");
  return out.str();
}

TEST(Calendar, IsThatOfUtc) {
  EXPECT_EQ(written(from_ms(0)), "1970-01-01 00:00:00");
  EXPECT_EQ(written(from_ms(1'700'000'000'999)), "2023-11-14 22:13:20");
  EXPECT_EQ(calendar(from_ms(1'700'000'000'000)).tm_wday, 2) << "a Tuesday";
}

TEST(Calendar, HasAnEndAndABeginning) {
  EXPECT_EQ(written(from_ms(9'300'000'000'000)), "2264-09-14 21:20:00");
  EXPECT_EQ(written(Instant::max()), "9999-12-31 23:59:59");
  EXPECT_EQ(written(Instant::min()), "1970-01-01 00:00:00");
}

}  // namespace
}  // namespace tidemark
