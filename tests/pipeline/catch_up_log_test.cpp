#include "daemon/pipeline/catch_up_log.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class CatchUpLogTest : public ::testing::Test {
 protected:
  std::string after(milliseconds span) { return log_.line(health_, groups_, start_ + span); }

  void read(std::uint64_t done, std::uint64_t total) {
    health_.catch_up_done = health_.records_read = done;
    health_.catch_up_total = total;
  }

  const CatchUpLog::Steady start_{};
  CatchUpLog log_{start_};
  ClusterHealth health_;
  std::size_t groups_ = 0;
};

TEST_F(CatchUpLogTest, TellsOnceThatItIsDone) {
  read(12'000'000, 12'000'000);
  health_.caught_up = true;
  groups_ = 10'000;
  EXPECT_EQ(after(milliseconds{6250}),
            "caught up with the offsets topic 6.2 s after the start: 12,000,000 records read, "
            "10,000 groups found");
  EXPECT_EQ(after(seconds{60}), "");
}

TEST_F(CatchUpLogTest, TellsHowFarItIsOnlyWhereItTakesLong) {
  read(100'000, 4'000'000);
  EXPECT_EQ(after(seconds{9}), "");
  read(1'000'000, 4'000'000);
  groups_ = 1;
  EXPECT_EQ(after(seconds{10}),
            "reading the offsets topic: 1,000,000 of 4,000,000 records (25 %), 1 group found so "
            "far");
  EXPECT_EQ(after(seconds{19}), "");
  read(2'000'000, 4'000'000);
  EXPECT_NE(after(seconds{20}), "");
}

TEST_F(CatchUpLogTest, SaysNothingWhileItIsNotKnownHowMuchThereIs) {
  EXPECT_EQ(after(seconds{30}), "");
  read(0, 1000);
  EXPECT_NE(after(seconds{31}), "");
}

}  // namespace
}  // namespace tidemark
