// Groups in trouble of which too little is known to wake anybody, as they are watched.
#include <gtest/gtest.h>

#include "tests/pipeline/cluster.h"

namespace tidemark::test {
namespace {

constexpr int day = 24 * 3600;

class Watched : public Cluster {
 protected:
  void SetUp() override {
    PolicyEntry entry;
    entry.policy.probe = false;
    policies = PolicyTable({entry});
  }
  // Records come all the time.
  void refresh_until(int from, int to) {
    for (int at = from; at <= to; at += 10) refresh(at, at + 2 * day);
  }
};

TEST_F(Watched, DeadForDaysWhenFirstSeen) {
  for (int i = 0; i < 10; ++i) commit(-2 * day + 60 * i, 60 * i);
  refresh_until(0, 60);
  EXPECT_FALSE(group(61)->learning) << "without a probe nobody knows yet how long records wait";
  refresh_until(70, 700);
  const auto seen = group(701);
  ASSERT_EQ(seen->reason, Reason::stopped);
  EXPECT_TRUE(seen->learning);
  refresh_until(710, 900);
  EXPECT_TRUE(group(901)->learning) << "and as long as it stays so";
}

TEST_F(Watched, DeadOnesThatComeBackAreLikeAll) {
  for (int i = 0; i < 10; ++i) commit(-2 * day + 60 * i, 60 * i);
  refresh_until(0, 60);
  group(61);
  refresh_until(70, 700);
  ASSERT_TRUE(group(701)->learning);
  for (int at = 710; at < 900; at += 10) {
    commit(at, at + 2 * day);
    refresh(at + 1, at + 2 * day + 1);
  }
  group(900);
  refresh_until(910, 910 + 3 * 3600);
  const auto seen = group(911 + 3 * 3600);
  ASSERT_EQ(seen->status, GroupStatus::error);
  EXPECT_FALSE(seen->learning);
}

TEST_F(Watched, OneThatDiesWhileItIsWatchedIsNeverMarkedForThat) {
  for (int at = 0; at < 600; at += 30) {
    commit(at, at + 2 * day);
    refresh(at + 1, at + 2 * day + 1);
  }
  ASSERT_EQ(group(601)->status, GroupStatus::ok);
  // A refresh now and then is enough to see it.
  for (int at = 660; at < 2 * day; at += 1800) {
    refresh(at, at + 2 * day);
    group(at + 1);
  }
  refresh(2 * day, 4 * day);
  const auto seen = group(2 * day + 1);
  ASSERT_EQ(seen->reason, Reason::abandoned);
  EXPECT_FALSE(seen->learning);
}

}  // namespace
}  // namespace tidemark::test
