#include "daemon/pipeline/pace_log.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
constexpr Instant start = from_ms(1'700'000'000'000);

// 100 records/s on two partitions that commit together, each five seconds.
void steady(PaceLog& log, seconds from, seconds to, std::int64_t each = 250) {
  for (seconds at = from; at <= to; at += seconds{5}) {
    log.read(each, start + at);
    log.read(each, start + at);
  }
}

TEST(PaceLog, WithoutACommitNothingIsKnown) {
  const PaceLog log;
  EXPECT_EQ(log.total_at(start), std::nullopt);
  EXPECT_EQ(log.since(), std::nullopt);
}

TEST(PaceLog, ASteadyPaceIsSteadyAnywhere) {
  PaceLog log;
  log.read(0, start);
  steady(log, seconds{5}, minutes{70});
  for (int at = 1; at <= 70; at += 3) {
    EXPECT_NEAR(*log.total_at(start + minutes{at}), at * 6000.0, 1.0) << at << " min";
  }
}

TEST(PaceLog, ItTellsWhenThePaceChanged) {
  PaceLog log;
  log.read(0, start);
  steady(log, seconds{5}, minutes{60});
  steady(log, minutes{60} + seconds{5}, minutes{65}, 25);
  const double before = *log.total_at(start + minutes{60}) - *log.total_at(start + minutes{30});
  const double now = *log.total_at(start + minutes{65}) - *log.total_at(start + minutes{60});
  EXPECT_NEAR(before / 1800, 100, 1);
  EXPECT_NEAR(now / 300, 10, 1);
}

TEST(PaceLog, AGroupThatStoppedHasReadNoMoreSince) {
  PaceLog log;
  log.read(0, start);
  steady(log, seconds{5}, minutes{10});
  EXPECT_EQ(log.total_at(start + minutes{10}), log.total_at(start + minutes{50}));
}

TEST(PaceLog, AfterASilenceThePaceIsThatOfTheWholeSilence) {
  PaceLog log;
  log.read(0, start);
  log.read(3600, start + minutes{60});
  EXPECT_DOUBLE_EQ(*log.total_at(start + minutes{30}), 1800);
}

TEST(PaceLog, ItForgetsWhatIsOlderThanAnHourAndABit) {
  PaceLog log;
  log.read(0, start);
  steady(log, seconds{5}, minutes{300});
  EXPECT_GT(*log.since(), start + minutes{210});
  EXPECT_LE(*log.since(), start + minutes{225}) << "an hour before a window of ten minutes";
}

}  // namespace
}  // namespace tidemark
