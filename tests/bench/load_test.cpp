// The parts of the load tools that other figures rest on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <utility>

#include "tests/bench/commit_gaps.h"
#include "tests/bench/latencies.h"
#include "tests/bench/live_groups.h"
#include "tests/bench/request_mix.h"

namespace tidemark::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

World small_world() {
  World world;
  world.groups = 30;
  world.topics = 3;
  world.partitions = 7;
  return world;
}

LogEnds ends_of(const World& world, std::int64_t end) {
  return LogEnds(static_cast<std::size_t>(world.topics),
                 std::vector<std::int64_t>(static_cast<std::size_t>(world.partitions), end));
}

TEST(LiveGroups, EachGroupAndPartitionCommitsOnceARound) {
  const World world = small_world();
  const LogEnds ends = ends_of(world, 5);
  LiveGroups groups(world, Habits{3, 0, 0}, ends);
  EXPECT_EQ(groups.requests_a_round(), 90);
  for (int round = 0; round < 2; ++round) {
    std::map<std::pair<int, int>, int> seen;
    for (std::int64_t i = 0; i < groups.requests_a_round(); ++i) {
      const Request request = groups.next();
      for (int p = request.first; p < request.end; ++p) ++seen[{request.group, p}];
    }
    EXPECT_EQ(seen.size(), 210U);
    for (const auto& [what, times] : seen) EXPECT_EQ(times, 1) << what.first << ' ' << what.second;
  }
}

TEST(LiveGroups, RequestsThatFollowEachOtherAreOfOtherGroups) {
  const World world = small_world();
  const LogEnds ends = ends_of(world, 5);
  LiveGroups groups(world, Habits{3, 0, 0}, ends);
  int before = groups.next().group;
  for (std::int64_t i = 1; i < groups.requests_a_round(); ++i) {
    const int group = groups.next().group;
    EXPECT_NE(group, before);
    before = group;
  }
}

TEST(LiveGroups, MovingGroupsCommitTheLogEndAndStalledOnesWhatTheyHad) {
  const World world = small_world();
  LogEnds ends = ends_of(world, 5);
  const LiveGroups groups(world, Habits{10, 10, 15}, ends);
  EXPECT_THAT(groups.of_kind(LiveGroups::Kind::stalled), ElementsAre(1, 11, 21));
  EXPECT_THAT(groups.of_kind(LiveGroups::Kind::stopped), ElementsAre(2, 17));
  ends[1][4] = 9;  // of groups 1, 4, 7, …
  EXPECT_EQ(groups.offset(4, 4), 9);
  EXPECT_EQ(groups.offset(4, 3), 5);
  EXPECT_EQ(groups.offset(1, 4), 5);
  EXPECT_EQ(groups.began_at()[1][4], 5);
}

TEST(CommitGaps, AreCountedUntilTheBrokerHasTheNextOne) {
  using std::chrono::seconds;
  const Instant began = from_ms(1'000'000);
  CommitGaps gaps(small_world(), Habits{3, 0, 0}, began);
  CommitGaps::Place& first = gaps.of({4, 0, 3});
  CommitGaps::Place& last = gaps.of({4, 6, 7});
  EXPECT_NE(&first, &last);
  CommitGaps::taken(first, began + seconds{5}, began + seconds{6});
  EXPECT_EQ(gaps.longest()[4], seconds{6});
  CommitGaps::taken(first, began + seconds{9}, began + seconds{10});
  EXPECT_EQ(gaps.longest()[4], seconds{6}) << "from 5 to 10";
  CommitGaps::taken(last, began + seconds{8}, began + seconds{20});
  CommitGaps::taken(first, began + seconds{11}, began + seconds{16});
  EXPECT_EQ(gaps.longest()[4], seconds{20});
  EXPECT_EQ(gaps.longest()[5], seconds{0});
}

TEST(RequestMix, ReadsAKind) {
  const RequestKind kind = request_kind("list=3:/api/v1/groups?sort=-lag&q=a:b");
  EXPECT_EQ(kind.name, "list");
  EXPECT_EQ(kind.weight, 3);
  EXPECT_EQ(kind.target, "/api/v1/groups?sort=-lag&q=a:b");
}

TEST(RequestMixDeathTest, RefusesWhatIsNoKind) {
  EXPECT_EXIT(request_kind("list:/x"), ::testing::ExitedWithCode(1), "list:/x");
  EXPECT_EXIT(request_kind("list=many:/x"), ::testing::ExitedWithCode(1), "list=many:/x");
  EXPECT_EXIT(request_kind("list=0:/x"), ::testing::ExitedWithCode(1), "weight");
}

TEST(RequestMix, DrawsNumbersOfTheRangeAsWideAsItsBegin) {
  std::mt19937_64 random(1);
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(drawn("/g{008-011}/x{5-5}", random));
  EXPECT_THAT(seen, ElementsAre("/g008/x5", "/g009/x5", "/g010/x5", "/g011/x5"));
  EXPECT_EQ(drawn("/plain", random), "/plain");
}

TEST(RequestMix, DrawsKindsByTheirWeight) {
  const RequestMix mix({{"often", 3, "/a"}, {"seldom", 1, "/b"}});
  std::mt19937_64 random(1);
  std::vector<int> times(2);
  for (int i = 0; i < 4000; ++i) ++times[mix.draw(random)];
  EXPECT_NEAR(times[0], 3000, 200);
  EXPECT_NEAR(times[1], 1000, 200);
}

TEST(Latencies, TellsPercentilesByTheNearestRank) {
  Latencies all;
  Latencies more;
  for (int ms = 100; ms > 50; --ms) all.add(ms / 1e3);
  for (int ms = 1; ms <= 50; ++ms) more.add(ms / 1e3);
  more.failed();
  all.add(more);
  EXPECT_DOUBLE_EQ(all.percentile(0.5), 0.050);
  EXPECT_DOUBLE_EQ(all.percentile(0.99), 0.099);
  EXPECT_DOUBLE_EQ(all.percentile(1), 0.100);
  EXPECT_THAT(all.json(), HasSubstr("\"count\": 100, \"errors\": 1, \"p50_ms\": 50.000"));
}

TEST(Latencies, OfNothingAreZero) { EXPECT_DOUBLE_EQ(Latencies().percentile(0.99), 0); }

}  // namespace
}  // namespace tidemark::bench
