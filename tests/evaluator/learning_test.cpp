// Which verdicts rest on too little to wake anybody.
#include "evaluator/learning.h"

#include <gtest/gtest.h>

#include <utility>

#include "tests/evaluator/tale.h"

namespace tidemark::test {
namespace {

const Line one_a_second{{0, 0}, {400 * hour, 400 * hour}};

PartitionVerdict verdict(const Tale& tale, double when, bool dead_at_first = false) {
  Story story = tale.until(when);
  story.around.dead_at_first = dead_at_first;
  return replay(story).verdict;
}

Tale committed_once() { return Tale().log_end(0, one_a_second).commit(0, 0); }

TEST(Learning, AGroupOfWhichNothingIsKnownStops) {
  const PartitionVerdict out = verdict(committed_once(), 20 * minute);
  EXPECT_EQ(out.reason, Reason::stopped);
  EXPECT_TRUE(out.learning);
  EXPECT_FALSE(out.dead_at_first);
}

TEST(Learning, OneWhoseHabitsAreKnownStops) {
  Tale tale;
  tale.log_end(0, one_a_second).commits(0, 10 * minute, minute, one_a_second);
  const PartitionVerdict out = verdict(tale, 40 * minute);
  EXPECT_EQ(out.reason, Reason::stopped);
  EXPECT_FALSE(out.learning);
}

TEST(Learning, OneThatStallsBeforeItsHabitsAreKnown) {
  Tale tale;
  tale.log_end(0, one_a_second).commits(0, 30 * minute, 30, [](double) { return 0; });
  const PartitionVerdict out = verdict(tale, 30 * minute);
  EXPECT_EQ(out.reason, Reason::stalled);
  EXPECT_TRUE(out.learning);
}

TEST(Learning, WhatIsWellIsNeverLearning) {
  const PartitionVerdict out = verdict(committed_once(), minute, true);
  EXPECT_EQ(out.status, PartitionStatus::ok);
  EXPECT_FALSE(out.learning);
  EXPECT_FALSE(out.dead_at_first);
}

TEST(Learning, ItsHabitsWereKnownAndItWasDeadForDaysWhenFirstSeen) {
  Tale tale;
  tale.log_end(0, one_a_second).commits(0, 10 * minute, minute, one_a_second);
  const PartitionVerdict first = verdict(tale, 48 * hour, true);
  EXPECT_EQ(first.reason, Reason::abandoned);
  EXPECT_TRUE(first.learning);
  EXPECT_TRUE(first.dead_at_first);
  EXPECT_FALSE(verdict(tale, 48 * hour, false).learning) << "it died while it was watched";
}

TEST(Learning, OneThatDiedAnHourAgoIsNotDeadForDays) {
  Tale tale;
  tale.log_end(0, one_a_second).commits(0, 10 * minute, minute, one_a_second);
  EXPECT_FALSE(verdict(tale, hour, true).learning);
}

TEST(Learning, RetentionHasDeletedTheBacklogOfADeadOne) {
  Tale tale;
  tale.commit(0, 0).log_end(0, Line{{0, 1310}});
  tale.log_start = 1310;
  const PartitionVerdict long_ago = verdict(tale, 48 * hour, true);
  EXPECT_EQ(long_ago.reason, Reason::data_loss);
  EXPECT_TRUE(long_ago.learning);
  EXPECT_FALSE(verdict(tale, minute, true).learning) << "it committed a minute ago";
}

// --- of groups
// -----------------------------------------------------------------------------------

PartitionReport partition(PartitionStatus status, Reason reason, bool learning) {
  PartitionReport out;
  out.committed = true;
  out.status = status;
  out.reason = reason;
  out.learning = learning;
  return out;
}

PartitionReport stopped(bool learning) {
  return partition(PartitionStatus::stopped, Reason::stopped, learning);
}

template <class... Partitions>
bool learning(Partitions... partitions) {
  GroupReport group;
  TopicOfGroup& topic = group.topics.emplace_back();
  (topic.partitions.push_back(std::move(partitions)), ...);
  roll_up(group, true);
  return group.learning;
}

TEST(LearningGroup, AllThatMakeItsStatusAre) {
  const auto fine = [] { return partition(PartitionStatus::ok, Reason::caught_up, false); };
  const auto slow = [] { return partition(PartitionStatus::ok, Reason::falling_behind, false); };
  EXPECT_TRUE(learning(stopped(true)));
  EXPECT_TRUE(learning(stopped(true), fine(), slow()));
  EXPECT_FALSE(learning(stopped(true), stopped(false)));
  EXPECT_FALSE(learning(slow()));
  EXPECT_FALSE(learning(fine()));
  EXPECT_FALSE(learning());
}

}  // namespace
}  // namespace tidemark::test
