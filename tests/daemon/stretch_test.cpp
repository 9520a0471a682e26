// Times as people write them.
#include "daemon/terminal/stretch.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace tidemark::terminal {
namespace {

const Instant half_past_two = from_ms(1'795'271'400'000);  // 2026-11-21 14:30 UTC

class StretchTest : public ::testing::Test {
 protected:
  StretchTest() {
    setenv("TZ", "UTC-2", 1);  // two hours ahead
    tzset();
  }
  ~StretchTest() override {
    unsetenv("TZ");
    tzset();
  }
};

TEST_F(StretchTest, ReadsTheLocalTimeAndUtc) {
  EXPECT_EQ(parse_instant("2026-11-21T14:30:00Z"), half_past_two);
  EXPECT_EQ(parse_instant("2026-11-21T14:30Z"), half_past_two);
  EXPECT_EQ(parse_instant("2026-11-21 16:30"), half_past_two);
  EXPECT_EQ(parse_instant("2026-11-21 16:30:07"), half_past_two + std::chrono::seconds{7});
  EXPECT_EQ(parse_instant("2026-11-21"), from_ms(1'795'212'000'000));
  EXPECT_EQ(parse_instant("1795271400000"), half_past_two);
}

TEST_F(StretchTest, RefusesWhatIsNoTime) {
  for (const char* const bad : {"", "noon", "2026", "2026-13-01", "2026-11-21 14", "21.11.2026",
                                "2026-11-21T14:30:00ZZ", "2026-11-21 14:30 "}) {
    EXPECT_FALSE(parse_instant(bad)) << bad;
  }
}

TEST_F(StretchTest, IsMadeOfWhatWasGiven) {
  EXPECT_FALSE(stretch_of("", "", "", half_past_two).value().given());
  const auto since = stretch_of("2h", "", "", half_past_two);
  EXPECT_EQ(since.value().from, half_past_two - std::chrono::hours{2});
  EXPECT_FALSE(since.value().to);
  const auto both = stretch_of("", "2026-11-20", "2026-11-21", half_past_two);
  EXPECT_EQ(*both.value().to - *both.value().from, std::chrono::hours{24});
}

TEST_F(StretchTest, NamesWhatIsWrong) {
  const auto error = [](const std::string& since, const std::string& from, const std::string& to) {
    const auto found = stretch_of(since, from, to, half_past_two);
    return found ? "" : found.error().message;
  };
  EXPECT_EQ(error("soon", "", ""), "--since: \"soon\" is not a duration, as 30m, 6h or 7d");
  EXPECT_EQ(error("", "noon", "").rfind("--from: \"noon\" is no time", 0), 0U);
  EXPECT_EQ(error("", "", "noon").rfind("--to: \"noon\" is no time", 0), 0U);
  EXPECT_EQ(error("2h", "2026-11-20", ""), "--since: give it or --from, not both");
  EXPECT_EQ(error("", "2026-11-21", "2026-11-21"), "--to: it is not after the beginning");
}

}  // namespace
}  // namespace tidemark::terminal
