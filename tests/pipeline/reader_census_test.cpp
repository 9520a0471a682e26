// Who reads which topic, and what is written that nobody reads.
#include <gtest/gtest.h>

#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

using std::chrono::seconds;

class Census : public Cluster {
 protected:
  // Each refresh that far apart, with log ends of `orders` from `from` on, `each` more at a time.
  std::shared_ptr<const TopicReport> write(int from, int until, std::int64_t begin,
                                           std::int64_t each) {
    for (int at = from; at <= until; at += 10) {
      refresh(at, begin + (at - from) / 10 * each);
      report_ = tick(at);
    }
    return orders();
  }
  [[nodiscard]] std::shared_ptr<const TopicReport> orders() const { return report_->topics.at(0); }
  void look(int at) { report_ = tick(at); }

 private:
  std::shared_ptr<const ClusterReport> report_;
};

TEST_F(Census, AWrittenTopicThatNobodyReadsIsUnreadSinceItsFirstRecordThatWasSeenToCome) {
  EXPECT_FALSE(write(0, 20, 100, 0)->unread_since) << "not written";
  const auto seen = write(30, 60, 150, 50);
  EXPECT_EQ(seen->readers, 0);
  EXPECT_EQ(seen->unread_since, start + seconds{30});
  EXPECT_EQ(seen->partitions.at(0).unread_since, start + seconds{30});
  EXPECT_FALSE(seen->partitions.at(1).unread_since);
}

TEST_F(Census, AGroupWithACommitReadsIt) {
  write(0, 60, 100, 50);
  commit(61, 300);
  EXPECT_EQ(write(70, 70, 400, 0)->readers, 1);
  EXPECT_FALSE(orders()->unread_since);
}

TEST_F(Census, SoDoMembersThatHaveNeverCommitted) {
  write(0, 60, 100, 50);
  members(61, "orders");
  EXPECT_EQ(write(70, 70, 400, 0)->readers, 1);
  EXPECT_FALSE(orders()->unread_since);
}

TEST_F(Census, AGroupIsCountedOnceHoweverItReads) {
  commit(1, 100);
  commit(1, 100, "search");
  members(2, "orders");
  EXPECT_EQ(write(10, 10, 100, 0)->readers, 2);
}

TEST_F(Census, WhatWasReadBeforeTheReaderLeftIsNotHeldAgainstTheTopic) {
  commit(1, 100);
  EXPECT_EQ(write(10, 60, 100, 50)->readers, 1);
  tombstone(65);
  EXPECT_FALSE(write(70, 90, 350, 0)->unread_since);
  EXPECT_EQ(orders()->readers, 0);
  EXPECT_EQ(write(100, 120, 360, 10)->unread_since, start + seconds{100});
}

TEST_F(Census, ATopicThatIsNotWrittenAnyMoreIsNotUnread) {
  write(0, 60, 100, 50);
  EXPECT_TRUE(orders()->unread_since);
  EXPECT_FALSE(write(3600, 3670, 400, 0)->unread_since);
}

TEST_F(Census, ProductionIsToldWhenItIsKnownAndFallsWhenItCeases) {
  EXPECT_FALSE(write(0, 0, 100, 50)->produced_per_second);
  EXPECT_DOUBLE_EQ(write(10, 310, 150, 50)->produced_per_second.value(), 5.0);
  EXPECT_DOUBLE_EQ(write(320, 700, 1650, 0)->produced_per_second.value(), 0.0);
}

TEST_F(Census, ATopicIsPartlyReadByAGroupThatReadsSomePartitions) {
  commit(1, 100);
  for (int at = 10; at <= 40; at += 10) {
    refresh(at, 100 + at, at);
    look(at);
  }
  EXPECT_EQ(orders()->readers, 1);
  EXPECT_FALSE(orders()->unread_since) << "somebody reads it";
  EXPECT_FALSE(orders()->partitions.at(0).unread_since);
  EXPECT_TRUE(orders()->partitions.at(1).unread_since) << "but not all of it";
}

class CensusByPolicy : public Census {
 protected:
  CensusByPolicy() {
    PolicyEntry entry;
    entry.policy.report_unread = true;
    policies = PolicyTable({entry});
  }
};

TEST_F(CensusByPolicy, OneThatIsUnreadForSomeTimeIsReported) {
  EXPECT_FALSE(write(0, 600, 100, 50)->unread_reported) << "it may be a topic that is just made";
  EXPECT_TRUE(orders()->unread_since);
  EXPECT_TRUE(write(610, 620, 3150, 50)->unread_reported);
  commit(621, 3200);
  EXPECT_FALSE(write(630, 630, 3250, 0)->unread_reported);
}

TEST_F(Census, NothingIsReportedUnlessAPolicyAsksForIt) {
  EXPECT_FALSE(write(0, 700, 100, 50)->unread_reported);
}

}  // namespace
}  // namespace tidemark
