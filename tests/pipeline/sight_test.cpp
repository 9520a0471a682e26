#include "daemon/pipeline/sight.h"

#include <gtest/gtest.h>

#include "collectors/record.h"

namespace tidemark {
namespace {

using std::chrono::seconds;

constexpr Instant start = from_ms(1'700'000'000'000);
constexpr Instant now = start + seconds{60};

// An offsets topic of four partitions, and a group.
class SightOfAGroup : public testing::Test {
 protected:
  SightOfAGroup() {
    group.name = "payments";
    sight.offsets.resize(4);
  }

  // All partitions are read from the start up to where each goal is.
  void goal(std::int64_t until) {
    CatchUpGoal goal;
    for (std::int32_t p = 0; p < 4; ++p) {
      goal.begin.push_back({p, Offset{0}});
      goal.until.push_back({p, Offset{until}});
    }
    sight.offsets.goal(goal);
  }

  // The group's own partition is read up to an offset that was its end at `at`.
  void read_to(std::int64_t next, Instant at) {
    const std::int32_t own = sight.offsets_partition(group);
    sight.offsets.polled(at, own, Offset{next}, Offset{next});
    sight.offsets.position({own, Offset{next}});
  }

  Sight sight;
  Group group;
};

TEST_F(SightOfAGroup, FindsTheGroupsOffsetsPartitionAnewWhenTheTopicHasAnotherSize) {
  EXPECT_EQ(sight.offsets_partition(group), offsets_partition_of("payments", 4));
  sight.offsets.resize(50);
  EXPECT_EQ(sight.offsets_partition(group), offsets_partition_of("payments", 50));
}

TEST_F(SightOfAGroup, IsStartingUntilTheGroupsOwnPartitionIsReadToItsGoal) {
  goal(100);
  EXPECT_TRUE(sight.starting(group));
  EXPECT_EQ(sight.offsets.all_starting(), (std::vector<std::int32_t>{0, 1, 2, 3}));
  read_to(100, start);
  EXPECT_FALSE(sight.starting(group));
  EXPECT_EQ(sight.offsets.all_starting().size(), 3U);
}

TEST_F(SightOfAGroup, PutsOurOwnInstantsOnTheBrokersClock) {
  sight.clock.saw_live(start + seconds{5}, start);
  EXPECT_EQ(sight.broker_time(now), now - seconds{5});
  goal(0);
  read_to(10, now);
  EXPECT_EQ(sight.read_until(group), now - seconds{5});
}

TEST_F(SightOfAGroup, JudgesNobodyBeforeHisRecordsAreRead) {
  const Surroundings around = sight.surroundings(group, now);
  EXPECT_TRUE(around.starting);
  EXPECT_FALSE(around.offsets_seen.has_value());
}

TEST_F(SightOfAGroup, AddsToTheSurroundingsWhatIsKnownOfThePartition) {
  Topic topic;
  Policy policy;
  Reading reading{&group, &topic, &policy, {}};
  SlotInfo of;
  of.reading = &reading;
  of.end_at_commit = Offset{7};
  of.end_at_commit_known = true;
  TopicPartition& partition = of.at();
  partition.start = Offset{3};
  const Surroundings around = sight.surroundings(Surroundings{}, of, partition);
  EXPECT_EQ(around.log_start, Offset{3});
  EXPECT_EQ(around.end_at_commit, Offset{7});
  EXPECT_FALSE(around.previous.has_value());  // it was never judged
}

TEST_F(SightOfAGroup, TellsHealthWhichOffsetsPartitionsAreBehind) {
  goal(0);
  read_to(10, now);
  ClusterHealth health;
  sight.tell(health, now, seconds{10});
  EXPECT_EQ(health.stale_offsets_partitions.size(), 3U);
}

}  // namespace
}  // namespace tidemark
