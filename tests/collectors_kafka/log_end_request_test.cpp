#include "collectors/log_end_request.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/manual_clock.h"

namespace tidemark {
namespace {

using Key = std::pair<std::string, std::int32_t>;

TopicLeaders topic(const std::string& name, std::vector<std::int32_t> leaders) {
  return {name, {}, std::move(leaders)};
}

// Answers as a cluster would, as far as ListOffsets is concerned: one bad partition spoils the
// whole request.
struct FakeCluster {
  std::map<Key, std::int64_t> ends;  // others end at 100
  std::map<Key, std::int64_t> stables;
  std::int64_t start = 10;
  std::set<Key> bad;
  std::set<Key> unanswered;  // its leader is dead
  std::set<Key> bad_once;
  std::map<LogPoint, std::vector<std::size_t>> asked;  // the sizes of the requests
  test::ManualClock* clock = nullptr;

  KafkaError answer(LogPoint point, std::vector<OffsetQuestion>& questions) {
    asked[point].push_back(questions.size());
    if (clock != nullptr) clock->advance(Duration{50});
    for (OffsetQuestion& each : questions) {
      const Key key{*each.topic, each.partition};
      if (unanswered.contains(key)) return {KafkaFault::timed_out, "timed out", {}};
      if (bad.contains(key)) return {KafkaFault::other, "bad partition", {}};
      if (bad_once.erase(key) > 0) return {KafkaFault::other, "not the leader", {}};
      each.offset = offset(point, key);
    }
    return {};
  }

  std::int64_t offset(LogPoint point, const Key& key) const {
    if (point == LogPoint::start) return start;
    const std::int64_t end = ends.contains(key) ? ends.at(key) : 100;
    if (point == LogPoint::end) return end;
    return stables.contains(key) ? stables.at(key) : end;
  }
};

class LogEndRequestTest : public testing::Test {
 protected:
  void SetUp() override { cluster.clock = &clock; }

  // A newer plan already hangs on the board, as after a refresh of metadata.
  void run(std::vector<TopicLeaders> topics, std::vector<TopicLeaders> newer) {
    auto plan = std::make_shared<ClusterPlan>();
    plan->version = 1;
    plan->topics = std::move(topics);
    auto next = std::make_shared<ClusterPlan>();
    next->version = 2;
    next->topics = std::move(newer);
    board.publish(next);
    auto groups = by_leader(*plan);
    PartitionList leaderless = std::move(groups[-1]);
    groups.erase(-1);
    for (const auto& [leader, partitions] : groups) {
      LogEndRequest request(plan, {[this](LogPoint point, std::vector<OffsetQuestion>& questions) {
                                     return cluster.answer(point, questions);
                                   },
                                   memory, outlet, board, clock, stop.get_token()});
      request.run(partitions, std::exchange(leaderless, {}));
    }
    collect();
  }
  void run(const std::vector<TopicLeaders>& topics) { run(topics, topics); }

  void collect() {
    for (Observation& seen : inlet.take(std::chrono::milliseconds{0})) {
      order.push_back(seen.index());
      if (auto* ends = std::get_if<LogEndsSeen>(&seen)) {
        for (const TopicOffsets& each : ends->topics) {
          for (const PartitionOffsets& of : each.partitions) {
            EXPECT_TRUE(told.emplace(Key{each.topic.get(), of.partition.get()}, of).second)
                << each.topic.get() << "-" << of.partition.get() << " is told twice";
          }
        }
        parts.push_back(std::move(*ends));
      }
      if (auto* goal = std::get_if<CatchUpGoal>(&seen)) goals.push_back(std::move(*goal));
    }
  }

  FakeCluster cluster;
  test::ManualClock clock;
  Channel<Observation> inlet{"inlet", {1'000'000, 1'000'000'000}};
  Outlet outlet{"PROD", inlet};
  ClusterBoard board;
  LogEndMemory memory;
  std::stop_source stop;
  std::vector<std::size_t> order;
  std::vector<LogEndsSeen> parts;
  std::vector<CatchUpGoal> goals;
  std::map<Key, PartitionOffsets> told;
};

TEST_F(LogEndRequestTest, TellsEndStartStableOffsetAndLeaderOfEachPartition) {
  cluster.ends = {{{"orders", 1}, 250}};
  cluster.stables = {{{"orders", 1}, 200}};
  run({topic("orders", {7, 7})});
  const PartitionOffsets& of = told.at({"orders", 1});
  EXPECT_EQ(of.end, Offset{250});
  EXPECT_EQ(of.lso, Offset{200});
  EXPECT_EQ(of.start, Offset{10});
  EXPECT_EQ(of.leader, 7);
}

TEST_F(LogEndRequestTest, TheTimeIsThatBeforeTheFirstRequest) {
  const Instant before = clock.now();
  run({topic("orders", {7})});
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].taken_at, before);
}

TEST_F(LogEndRequestTest, AsksInChunks) {
  run({topic("orders", std::vector<std::int32_t>(1100, 7))});
  EXPECT_EQ(cluster.asked[LogPoint::end], (std::vector<std::size_t>{200, 200, 200, 200, 200, 100}));
  EXPECT_EQ(told.size(), 1100U);
}

TEST_F(LogEndRequestTest, ManyPartitionsOfALeaderAreAskedForInLanesSideBySide) {
  ClusterPlan plan;
  plan.topics = {topic("orders", std::vector<std::int32_t>(20'000, 7))};
  const PartitionList all = by_leader(plan).at(7);
  const auto lanes = in_lanes(all, 3);
  EXPECT_EQ(lanes.size(), 4U);
  std::int32_t next = 0;
  for (const PartitionList& lane : lanes) {
    EXPECT_EQ(lane.size(), 5000U);
    for (const PartitionOf& each : lane) EXPECT_EQ(each.partition, next++);
  }
  EXPECT_EQ(next, 20'000);
}

TEST_F(LogEndRequestTest, FewPartitionsOrManyLeadersNeedNoLanes) {
  ClusterPlan plan;
  plan.topics = {topic("orders", std::vector<std::int32_t>(20'000, 7))};
  const PartitionList many = by_leader(plan).at(7);
  const PartitionList few(many.begin(), many.begin() + 100);
  EXPECT_EQ(in_lanes(few, 1).size(), 1U);
  EXPECT_EQ(in_lanes(few, 1)[0].size(), 100U);
  EXPECT_EQ(in_lanes(many, 50).size(), 1U);
}

TEST_F(LogEndRequestTest, EachLeaderIsAskedForItsOwn) {
  run({topic("a", {1, 2, 1}), topic("b", {2})});
  EXPECT_EQ(cluster.asked[LogPoint::end], (std::vector<std::size_t>{2, 2}));
  EXPECT_EQ(told.size(), 4U);
}

TEST_F(LogEndRequestTest, OneBadPartitionCostsOnlyItself) {
  cluster.bad = {{"orders", 123}};
  run({topic("orders", std::vector<std::int32_t>(400, 7))});
  EXPECT_EQ(told.size(), 400U);
  for (const auto& [key, of] : told) EXPECT_EQ(of.end.has_value(), key.second != 123) << key.second;
  EXPECT_GT(outlet.counters().errors.at("log_ends"), 0U);
}

TEST_F(LogEndRequestTest, ADeadLeaderCostsOneTimeLimitATry) {
  cluster.unanswered = {{"orders", 0}};
  run({topic("orders", std::vector<std::int32_t>(2000, 7))});
  EXPECT_EQ(cluster.asked[LogPoint::end], (std::vector<std::size_t>{200, 200}));
  EXPECT_TRUE(told.empty());
}

TEST_F(LogEndRequestTest, ALeaderThatMovedIsAskedAgainByNewerMetadata) {
  cluster.bad_once = {{"orders", 1}};
  run({topic("orders", {7, 7})}, {topic("orders", {7, 8})});
  EXPECT_TRUE(board.take_wanted().needed);
  EXPECT_EQ(told.at({"orders", 1}).end, Offset{100});
  EXPECT_EQ(told.at({"orders", 1}).leader, 8);
  EXPECT_EQ(told.at({"orders", 0}).leader, 7);
}

TEST_F(LogEndRequestTest, ATopicThatIsGoneFromNewerMetadataIsNotAskedAgain) {
  cluster.bad = {{"gone", 0}};
  run({topic("gone", {7}), topic("orders", {7})}, {topic("orders", {7})});
  EXPECT_EQ(told.size(), 1U);
  EXPECT_TRUE(told.contains({"orders", 0}));
}

TEST_F(LogEndRequestTest, AStopRequestEndsItBetweenTwoRequests) {
  stop.request_stop();
  run({topic("orders", std::vector<std::int32_t>(2000, 7))});
  EXPECT_LE(cluster.asked[LogPoint::end].size(), 1U);
}

TEST_F(LogEndRequestTest, APartitionWithoutALeaderIsToldAsUnknown) {
  run({topic("orders", {7, -1})});
  const PartitionOffsets& of = told.at({"orders", 1});
  EXPECT_EQ(of.leader, -1);
  EXPECT_FALSE(of.end);
  EXPECT_FALSE(of.lso);
}

TEST_F(LogEndRequestTest, LogStartsAreAskedForEachTimeSoThatALossIsSeenAtOnce) {
  run({topic("orders", {7, 7})});
  told.clear();
  cluster.start = 60;
  run({topic("orders", {7, 7})});
  EXPECT_EQ(cluster.asked[LogPoint::start], (std::vector<std::size_t>{2, 2}));
  EXPECT_EQ(told.at({"orders", 0}).start, Offset{60});
}

TEST_F(LogEndRequestTest, ALastStableOffsetThatWasAskedLaterIsNotBeyondTheLogEnd) {
  cluster.stables = {{{"orders", 0}, 104}, {{offsets_topic, 0}, 104}};
  run({topic("orders", {7}), topic(offsets_topic, {7})});
  EXPECT_EQ(told.at({"orders", 0}).lso, Offset{100});
  ASSERT_EQ(parts.size(), 1U);
  ASSERT_EQ(parts[0].offsets_topic.size(), 1U);
  EXPECT_EQ(parts[0].offsets_topic[0].lso, Offset{104}) << "what the reader can reach";
}

TEST_F(LogEndRequestTest, TheGoalOfTheCatchUpIsToldOnceBeforeTheLogEnds) {
  cluster.stables = {{{offsets_topic, 1}, 90}};
  run({topic(offsets_topic, {7, 7})});
  ASSERT_EQ(goals.size(), 1U);
  EXPECT_EQ(goals[0].begin[1].next, Offset{10});
  EXPECT_EQ(goals[0].until[1].next, Offset{90});
  EXPECT_EQ(order.front(), Observation(CatchUpGoal{}).index());
  told.clear();
  run({topic(offsets_topic, {7, 7, 7})});
  ASSERT_EQ(goals.size(), 2U) << "a new partition has a goal of its own";
  ASSERT_EQ(goals[1].until.size(), 1U);
  EXPECT_EQ(goals[1].until[0].partition, 2);
}

}  // namespace
}  // namespace tidemark
