// A transaction left open in the offsets topic hides the commits of one of its partitions.
#include <gtest/gtest.h>

#include "collectors/record.h"
#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

class HeldOffsets : public Cluster {
 protected:
  // "payments" is hidden from the refresh at 20 s on, "audit" is not; both had read everything.
  HeldOffsets() {
    EXPECT_NE(offsets_partition_of("audit", offsets_partitions), partition);
    refresh(0, 100);
    commit(5, 100);
    commit(5, 100, "audit");
    refresh(10, 100);
    EXPECT_EQ(group(11)->reason, Reason::caught_up);
    held = partition;
    for (int at = 20; at <= 900; at += 10) refresh(at, 200);
  }

  const std::int32_t partition = offsets_partition_of("payments", offsets_partitions);
};

TEST_F(HeldOffsets, ExactlyTheGroupsOfThatPartitionGoStaleAndSayWhy) {
  const auto seen = group(901);
  EXPECT_TRUE(seen->stale);
  EXPECT_EQ(seen->status, GroupStatus::ok) << "the verdict from before stands";
  EXPECT_NE(seen->explanation.find("a transaction that was left open hides"), std::string::npos)
      << seen->explanation;
  EXPECT_EQ(group(901, "audit")->reason, Reason::stopped);
}

TEST_F(HeldOffsets, HealthNamesThePartitionAndSinceWhen) {
  const ClusterHealth health = tick(901)->health;
  EXPECT_EQ(health.stale_offsets_partitions, std::vector<std::int32_t>{partition});
  ASSERT_EQ(health.held_offsets_partitions.size(), 1U);
  const auto [held_partition, since] = *health.held_offsets_partitions.begin();
  EXPECT_EQ(held_partition, partition);
  EXPECT_EQ(since, start + std::chrono::seconds{20});
}

TEST_F(HeldOffsets, TheEndOfTheTransactionGivesTheSightBack) {
  held = -1;
  refresh(910, 200);
  const auto seen = group(911);
  EXPECT_FALSE(seen->stale);
  EXPECT_EQ(seen->reason, Reason::stopped) << "it really did not commit";
  EXPECT_TRUE(tick(911)->health.held_offsets_partitions.empty());
}

TEST(HeldFromTheStart, ItsGroupsAreUnknownAndTheOthersAreJudged) {
  const PolicyTable policies;
  ClusterState state({"PROD", "broker:9092", std::chrono::seconds{10}}, policies);
  constexpr Instant start = from_ms(1'700'000'000'000);
  state.apply(CatchUpGoal{{{0, Offset{0}}}, {{0, Offset{0}}}});
  OffsetsBatch batch;
  batch.received_at = start;
  CommitSeen commit;
  commit.key = "key";
  commit.group = "payments";
  commit.topic = "orders";
  commit.offset = Offset{50};
  commit.committed_at = start;
  batch.commits = {commit};
  state.apply(std::move(batch));
  LogEndsSeen ends;
  ends.taken_at = start;
  ends.offsets_topic = {{0, Offset{9}, Offset{0}}};
  ends.topics = {{TopicName{"orders"}, {{PartitionId{0}, Offset{50}, Offset{0}, Offset{50}, 1}}}};
  state.apply(std::move(ends));
  const auto report = state.tick(start + std::chrono::seconds{1});
  ASSERT_EQ(report->groups.size(), 1U);
  EXPECT_EQ(report->groups[0]->status, GroupStatus::unknown);
  EXPECT_NE(report->groups[0]->explanation.find("a transaction"), std::string::npos)
      << report->groups[0]->explanation;
}

}  // namespace
}  // namespace tidemark
