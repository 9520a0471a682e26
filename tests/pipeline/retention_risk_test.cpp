// How long records stay, and what that means for groups that have not read them.
#include <gtest/gtest.h>

#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class Retention : public Cluster {
 protected:
  void kept_for(std::optional<Duration> time, std::optional<std::int64_t> bytes = {},
                bool deletes = true) {
    TopicSettings settings;
    settings.retention = time;
    settings.retention_bytes = bytes;
    settings.deletes = deletes;
    TopicSettingsSeen seen;
    seen.topics = {{TopicName{"orders"}, settings}};
    state.apply(std::move(seen));
  }
  // Reads everything, then dies; from 20 s on 30 records wait.
  void dead_with_30_waiting() {
    refresh(0, 100);
    commit(5, 100);
    refresh(10, 100);
    refresh(20, 130);
  }
  bool at_risk(int at) {
    return group(at)->topics.at(0).partitions.at(0).conditions.has(Condition::retention_risk);
  }
};

TEST_F(Retention, WhatWaitsIsAtRiskHoursBeforeItIsTooOld) {
  dead_with_30_waiting();
  kept_for(hours{7});
  EXPECT_FALSE(at_risk(20));
  const int nearly = 10 + 3600;  // the first record came at 10 s
  refresh(nearly - 1, 130);
  EXPECT_FALSE(at_risk(nearly - 1));
  EXPECT_TRUE(at_risk(nearly)) << "by time alone";
  const auto seen = group(nearly);
  EXPECT_TRUE(seen->conditions.has(Condition::retention_risk));
  EXPECT_NE(
      seen->explanation.find("the oldest unread record of orders-0 reaches retention.ms (7 h) "
                             "in 6 h"),
      std::string::npos)
      << seen->explanation;
}

TEST_F(Retention, ACommitEndsIt) {
  dead_with_30_waiting();
  kept_for(hours{2});
  refresh(90, 130);
  EXPECT_TRUE(at_risk(90));
  commit(91, 130);
  refresh(100, 130);
  EXPECT_FALSE(at_risk(100));
  EXPECT_EQ(group(100)->explanation.find("retention"), std::string::npos);
}

TEST_F(Retention, SettingsThatArriveLaterCountAtOnce) {
  dead_with_30_waiting();
  refresh(90, 130);
  EXPECT_FALSE(at_risk(90)) << "nothing is known of this topic";
  kept_for(hours{2});
  EXPECT_TRUE(at_risk(91));
  kept_for(hours{1000});
  EXPECT_FALSE(at_risk(92)) << "and somebody who keeps it longer ends it";
}

TEST_F(Retention, ACompactedTopicLosesNothing) {
  dead_with_30_waiting();
  kept_for(hours{2}, {}, false);
  refresh(90, 130);
  EXPECT_FALSE(at_risk(90));
}

TEST_F(Retention, WhatFitsIntoItsBytesIsLearntFromLogStarts) {
  refresh(0, 1000, 0, 0);
  commit(1, 900);
  kept_for(std::nullopt, 1'000'000);
  // 10 records a second; each time log start moves, 1,000 are left.
  for (int at = 10; at <= 60; at += 10) refresh(at, 1000 + at * 10, 0, 0);
  EXPECT_FALSE(at_risk(60));
  refresh(70, 1700, 0, 600);
  EXPECT_FALSE(at_risk(70)) << "once may have been by hand";
  refresh(80, 1800, 0, 700);
  EXPECT_TRUE(at_risk(80)) << "the record at 900 is pushed out in less than a minute";
  const std::string sentence = group(80)->explanation;
  EXPECT_NE(sentence.find("pushed out of retention.bytes in"), std::string::npos) << sentence;
}

TEST_F(Retention, WithoutTheRightToReadSettingsLogStartsMustDo) {
  refresh(0, 1000, 0, 0);
  commit(1, 900);
  for (int at = 10; at <= 80; at += 10) refresh(at, 1000 + at * 10, 0, at * 5);
  EXPECT_TRUE(at_risk(80)) << "half a record a second";
  const std::string sentence = group(80)->explanation;
  EXPECT_NE(sentence.find("reached by log start, as it moves, in"), std::string::npos) << sentence;
}

TEST_F(Retention, ABlindMonitorTellsOfNoRisk) {
  dead_with_30_waiting();
  kept_for(hours{2});
  EXPECT_FALSE(at_risk(90)) << "the log end is too old";
}

// --- records that are gone --------------------------------------------------------------------

TEST_F(Retention, WhatIsDeletedBeforeItWasReadIsLostAndOnlyTheRestWaits) {
  refresh(0, 1000, 0, 0);
  commit(1, 100);
  refresh(10, 1000, 0, 900);
  const auto seen = group(10);
  EXPECT_EQ(seen->lost, 800);
  EXPECT_EQ(seen->lag, 100);
  EXPECT_TRUE(seen->conditions.has(Condition::data_loss));
}

TEST_F(Retention, ABacklogThatIsAllGoneIsADataLossUntilTheNextCommit) {
  refresh(0, 1000, 0, 0);
  commit(1, 100);
  refresh(10, 1000, 0, 1000);
  EXPECT_EQ(group(10)->reason, Reason::data_loss);
  EXPECT_EQ(group(10)->status, GroupStatus::warning);
  commit(11, 1000);
  refresh(20, 1000, 0, 1000);
  EXPECT_EQ(group(20)->reason, Reason::caught_up);
  EXPECT_EQ(group(20)->lost, 0);
}

TEST_F(Retention, ALogStartOfATopicThatIsNoMoreIsNoLoss) {
  refresh(0, 1000, 0, 900);
  commit(1, 1000);
  refresh(10, 1000, 0, 900);
  LogEndsSeen recreated;
  recreated.taken_at = start + seconds{20};
  recreated.topics = {
      {TopicName{"orders"}, {{PartitionId{0}, Offset{5}, std::nullopt, Offset{5}, 1}}}};
  state.apply(std::move(recreated));
  commit(21, 3);
  refresh(30, 5);
  EXPECT_EQ(group(30)->lost, 0);
  EXPECT_EQ(group(30)->lag, 2);
}

}  // namespace
}  // namespace tidemark
