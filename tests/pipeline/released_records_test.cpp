// Records that an open transaction hid, once it has ended: nobody could read them before.
#include <gtest/gtest.h>

#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

class ReleasedRecords : public Cluster {
 protected:
  // A consumer repeats offset 10 every 5 s, from which on a transaction hides all that is written
  // until the refresh at 1,000 s, for longer than its patience of 10 min.
  ReleasedRecords() {
    refresh(0, 10);
    for (int at = 5; at < 1000; at += 5) {
      commit(at, 10);
      if (at % 10 == 0) refresh(at, 20, 0, 0, 10);
    }
    EXPECT_EQ(group(999)->reason, Reason::blocked_by_transaction);
    refresh(1000, 20);
  }

  void repeat(int from, int to) {
    for (int at = from; at <= to; at += 5) {
      commit(at, 10);
      refresh(at, 20);
    }
  }
};

TEST_F(ReleasedRecords, AccuseNobodyRightAfterwards) {
  EXPECT_EQ(group(1001)->status, GroupStatus::ok) << group(1001)->explanation;
  repeat(1005, 1500);
  EXPECT_EQ(group(1501)->status, GroupStatus::ok) << group(1501)->explanation;
}

TEST_F(ReleasedRecords, StallItFromThenOnIfItGoesOnRepeating) {
  repeat(1005, 1610);
  for (int at = 1611; at < 1625; ++at) group(at);
  EXPECT_EQ(group(1625)->reason, Reason::stalled);
}

TEST_F(ReleasedRecords, StopItFromThenOnIfItFallsSilent) {
  for (int at = 1010; at <= 1620; at += 10) refresh(at, 20);
  for (int at = 1621; at < 1635; ++at) group(at);
  EXPECT_EQ(group(1635)->reason, Reason::stopped);
}

TEST(ReleaseLog, KnowsOnlyWhatWasHidden) {
  ReleaseLog log;
  const Instant at = from_ms(1'700'000'000'000);
  log.rose(Offset{10}, Offset{20}, at);
  EXPECT_EQ(log.readable_since(Offset{9}), std::nullopt);
  EXPECT_EQ(log.readable_since(Offset{10}), at);
  EXPECT_EQ(log.readable_since(Offset{19}), at);
  EXPECT_EQ(log.readable_since(Offset{20}), std::nullopt);
  log.move_in_time(std::chrono::seconds{-5});
  EXPECT_EQ(log.readable_since(Offset{10}), at - std::chrono::seconds{5});
  for (int i = 2; i < 6; ++i) log.rose(Offset{10 * i}, Offset{10 * i + 10}, at);
  EXPECT_EQ(log.readable_since(Offset{10}), std::nullopt) << "the newest four are kept";
}

}  // namespace
}  // namespace tidemark
