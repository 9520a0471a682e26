// A ClusterCollector against brokers on loopback that can be broken at will. What the mock cluster
// can't show (transactions, rights, a topic that grows) is tested on a real broker.
#include "collectors/cluster_collector.h"

#include <gtest/gtest.h>

#include <thread>

#include "collectors/kafka_client.h"
#include "tests/collectors_kafka/mock_cluster.h"
#include "tests/collectors_kafka/silent_server.h"
#include "tests/collectors_kafka/watcher.h"

namespace tidemark {
namespace {

using test::MockCluster;
using test::SilentServer;
using test::Watcher;

constexpr char offsets_topic_name[] = "__consumer_offsets";

std::vector<std::int64_t> numbers(std::int64_t from, std::int64_t to) {
  std::vector<std::int64_t> out;
  for (; from <= to; ++from) out.push_back(from);
  return out;
}

// A fetch fails every two seconds until `noticed`: once the reader has caught up it goes on by
// another client, and it may be the first one's fetch that fails, which nobody hears of any more.
template <class Noticed>
auto failing(MockCluster& cluster, rd_kafka_resp_err_t error, Noticed noticed) {
  using Steady = std::chrono::steady_clock;
  return [&cluster, error, noticed, next = Steady::now()]() mutable {
    if (noticed()) return true;
    if (Steady::now() >= next) {
      cluster.fail_fetches(error);
      next = Steady::now() + std::chrono::seconds{2};
    }
    return false;
  };
}

TEST(ClusterCollector, ReadsTheCommitsOfAllPartitionsInTheirOrder) {
  MockCluster cluster;
  cluster.create_topic(offsets_topic_name, 3);
  cluster.create_topic("orders", 2);
  for (int i = 1; i <= 50; ++i) {
    cluster.commit("billing", "orders", i, 0);
    cluster.commit("shipping", "orders", 100 + i, 2);
  }
  Watcher seen(cluster.bootstrap());
  ASSERT_TRUE(seen.until([&] { return seen.read_everything(); }));
  EXPECT_EQ(seen.commits["billing"], numbers(1, 50));
  EXPECT_EQ(seen.commits["shipping"], numbers(101, 150));
  EXPECT_EQ(seen.positions, (std::map<std::int32_t, std::int64_t>{{0, 50}, {1, 0}, {2, 50}}));
  EXPECT_EQ(seen.collector().counters().records_read, 100U);
  EXPECT_EQ(seen.link(), LinkState::connected);

  cluster.commit("billing", "orders", 51, 0);
  ASSERT_TRUE(seen.until([&] { return seen.commits["billing"].size() == 51; }));
}

TEST(ClusterCollector, TellsTopicsThenGoalAndLogEndsAndOnlyThenCommits) {
  MockCluster cluster;
  cluster.create_topic(offsets_topic_name, 2);
  cluster.commit("billing", "orders", 1);
  Watcher seen(cluster.bootstrap());
  ASSERT_TRUE(seen.until([&] { return seen.read_everything(); }));
  EXPECT_EQ(seen.kinds, "TGLB");
  EXPECT_EQ(seen.goal, (std::map<std::int32_t, std::int64_t>{{0, 1}, {1, 0}}));
  EXPECT_EQ(seen.offsets_topic_partitions, 2);
}

TEST(ClusterCollector, TellsLogEndsOfAllPartitionsAsTheyRise) {
  MockCluster cluster(3);
  cluster.create_topic(offsets_topic_name, 1);
  cluster.create_topic("orders", 6);
  for (int p = 0; p < 6; ++p) cluster.set_leader("orders", p, 1 + p % 3);
  Watcher seen(cluster.bootstrap());
  const auto end = [&](int p) { return seen.offsets[{"orders", p}].end; };
  ASSERT_TRUE(seen.until([&] { return end(5).has_value(); }));
  cluster.produce("orders", 5, "k", "v");
  cluster.produce("orders", 5, "k", "v");
  ASSERT_TRUE(seen.until([&] { return end(5) == Offset{2}; }));
  ASSERT_TRUE(seen.until([&] { return end(0) == Offset{0}; }));
  EXPECT_EQ((seen.offsets[{"orders", 5}].leader), 3);
  EXPECT_EQ((seen.offsets[{"orders", 5}].start), Offset{0});
}

TEST(ClusterCollector, TellsEachPartitionOfALargeTopicOnceARefresh) {
  MockCluster cluster;
  cluster.create_topic(offsets_topic_name, 1);
  constexpr int partitions = 3300;  // asked for side by side, with the offsets topic's one
  cluster.create_topic("orders", partitions);
  Watcher seen(cluster.bootstrap(), Duration{60'000});
  ASSERT_TRUE(seen.until([&] { return seen.told_ends.size() == partitions + 1; }));
  ASSERT_TRUE(seen.until([&] { return seen.read_everything(); }));
  for (const auto& [partition, times] : seen.told_ends) EXPECT_EQ(times, 1) << partition.second;
}

TEST(KafkaClient, WakingAFullQueueLosesAndDoublesNothing) {
  constexpr std::int64_t each = 30'000;
  constexpr std::int32_t partitions = 4;
  constexpr std::size_t most_queued = 100'000;
  MockCluster cluster;
  cluster.create_topic(offsets_topic_name, partitions);
  for (std::int32_t p = 0; p < partitions; ++p) cluster.commit_many("billing", "orders", each, p);
  const auto opened = KafkaClient::open({"DEV", cluster.bootstrap(), {}});
  ASSERT_TRUE(opened.ok()) << opened.error.message;
  KafkaClient& client = *opened.value;
  for (std::int32_t p = 0; p < partitions; ++p) client.read_from(offsets_topic_name, p, 0);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{40};
  while (client.waiting() < most_queued && std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
  }
  EXPECT_GE(client.waiting(), most_queued);
  std::map<std::int32_t, std::int64_t> next;
  std::int64_t left = each * partitions;
  while (left > 0 && std::chrono::steady_clock::now() < end) {
    const Fetched fetched = client.fetch(Duration{100}, 5000);
    for (const FetchedRecord& record : fetched.records()) {
      if (record.fault != KafkaFault::none) continue;
      EXPECT_EQ(record.offset, next[record.partition]++);
      --left;
    }
    client.wake_fetching();
  }
  EXPECT_EQ(left, 0);
}

TEST(ClusterCollector, LosesAndDoublesNothingWhenTheBrokerGoesAndComesBack) {
  MockCluster cluster;
  cluster.create_topic(offsets_topic_name, 1);
  for (int i = 1; i <= 5; ++i) cluster.commit("billing", "orders", i);
  Watcher seen(cluster.bootstrap());
  ASSERT_TRUE(seen.until([&] { return seen.commits["billing"].size() == 5; }));
  for (int i = 6; i <= 10; ++i) cluster.commit("billing", "orders", i);
  cluster.down(1);
  ASSERT_TRUE(seen.until([&] { return seen.link() == LinkState::unreachable; }));
  EXPECT_NE(seen.links.back().problem.find("127.0.0.1:"), std::string::npos)
      << seen.links.back().problem;
  cluster.up(1);
  for (int i = 11; i <= 15; ++i) cluster.commit("billing", "orders", i);
  ASSERT_TRUE(seen.until([&] { return seen.link() == LinkState::connected; }));
  ASSERT_TRUE(seen.until([&] { return seen.commits["billing"].size() >= 15; }));
  ASSERT_TRUE(seen.until([&] { return seen.read_everything(); }));
  EXPECT_EQ(seen.commits["billing"], numbers(1, 15));
}

TEST(ClusterCollector, ADeadBrokerHoldsUpOnlyItsOwnPartitions) {
  MockCluster cluster(3);
  cluster.create_topic(offsets_topic_name, 1);
  cluster.create_topic("orders", 3);
  cluster.set_leader(offsets_topic_name, 0, 1);
  for (int p = 0; p < 3; ++p) cluster.set_leader("orders", p, 1 + p);
  Watcher seen(cluster.bootstrap());
  ASSERT_TRUE(seen.until([&] { return seen.told_ends.size() == 4; }));
  cluster.down(3);
  const auto told = [&](int p) { return seen.told_ends[{"orders", p}]; };
  const int before = told(0);
  ASSERT_TRUE(seen.until([&] { return told(0) >= before + 8 && told(1) >= before + 8; }));
  cluster.commit("billing", "orders", 1);
  ASSERT_TRUE(seen.until([&] { return seen.commits["billing"].size() == 1; }));
  EXPECT_EQ(seen.link(), LinkState::connected);
}

TEST(ClusterCollector, FollowsALeaderThatMoves) {
  MockCluster cluster(2);
  cluster.create_topic(offsets_topic_name, 1);
  cluster.create_topic("orders", 1);
  cluster.set_leader(offsets_topic_name, 0, 1);
  cluster.set_leader("orders", 0, 1);
  cluster.commit("billing", "orders", 1);
  Watcher seen(cluster.bootstrap());
  ASSERT_TRUE(seen.until([&] { return seen.read_everything(); }));
  cluster.set_leader(offsets_topic_name, 0, 2);
  cluster.set_leader("orders", 0, 2);
  cluster.produce("orders", 0, "k", "v");
  cluster.commit("billing", "orders", 2);
  ASSERT_TRUE(seen.until([&] { return seen.offsets[{"orders", 0}].end == Offset{1}; }));
  ASSERT_TRUE(seen.until([&] { return seen.commits["billing"].size() == 2; }));
  EXPECT_EQ((seen.offsets[{"orders", 0}].leader), 2);
  EXPECT_EQ(seen.commits["billing"], numbers(1, 2));
}

TEST(ClusterCollector, APositionOutsideTheLogResumesAtLogStartAndIsCounted) {
  MockCluster cluster;
  cluster.create_topic(offsets_topic_name, 1);
  for (int i = 1; i <= 3; ++i) cluster.commit("billing", "orders", i);
  Watcher seen(cluster.bootstrap());
  ASSERT_TRUE(seen.until([&] { return seen.commits["billing"].size() == 3; }));
  ASSERT_TRUE(seen.until(failing(cluster, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE,
                                 [&] { return seen.commits["billing"].size() >= 6; })));
  EXPECT_GE(seen.errors("offsets_out_of_range"), 1U);
  cluster.commit("billing", "orders", 4);
  ASSERT_TRUE(seen.until([&] { return seen.commits["billing"].back() == 4; }));
  const std::vector<std::int64_t>& all = seen.commits["billing"];
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i], i + 1 == all.size() ? 4 : static_cast<std::int64_t>(i % 3) + 1) << i;
  }
}

TEST(ClusterCollector, SaysThatItMayNotReadAndGoesOnWhenItMay) {
  MockCluster cluster;
  cluster.create_topic(offsets_topic_name, 1);
  cluster.commit("billing", "orders", 1);
  Watcher seen(cluster.bootstrap());
  ASSERT_TRUE(seen.until([&] { return seen.read_everything(); }));
  ASSERT_TRUE(seen.until(failing(cluster, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
                                 [&] { return seen.link() == LinkState::not_authorized; })));
  EXPECT_EQ(seen.links.back().resource, "Topic __consumer_offsets");
  EXPECT_EQ(seen.links.back().right, "Read");
  cluster.commit("billing", "orders", 2);
  ASSERT_TRUE(seen.until([&] { return seen.commits["billing"].size() == 2; }));
  ASSERT_TRUE(seen.until([&] { return seen.link() == LinkState::connected; }));
}

TEST(ClusterCollector, WaitsForAnOffsetsTopicThatDoesNotExistYet) {
  MockCluster cluster;
  cluster.create_topic(offsets_topic_name, 2);
  cluster.create_topic("orders", 1);
  cluster.set_topic_error(offsets_topic_name, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  Watcher seen(cluster.bootstrap());
  ASSERT_TRUE(seen.until([&] { return seen.link() == LinkState::waiting_for_topic; }));
  EXPECT_EQ(seen.offsets_topic_partitions, 0);
  ASSERT_TRUE(seen.until([&] { return seen.told_ends.contains({"orders", 0}); }));
  cluster.set_topic_error(offsets_topic_name, RD_KAFKA_RESP_ERR_NO_ERROR);
  cluster.commit("billing", "orders", 1);
  ASSERT_TRUE(seen.until([&] { return seen.commits["billing"].size() == 1; }));
  EXPECT_EQ(seen.link(), LinkState::connected);
}

TEST(ClusterCollector, GarbageIsCountedByKindAndLosesNothingElse) {
  MockCluster cluster;
  cluster.create_topic(offsets_topic_name, 1);
  cluster.produce(offsets_topic_name, 0, "x", "y");
  cluster.produce(offsets_topic_name, 0, std::string("\x4e\x20", 2), "of the future");
  cluster.commit("billing", "orders", 1);
  Watcher seen(cluster.bootstrap());
  ASSERT_TRUE(seen.until([&] { return seen.read_everything(); }));
  EXPECT_EQ(seen.commits["billing"], numbers(1, 1));
  const CollectorCounters counters = seen.collector().counters();
  EXPECT_EQ(counters.decode_errors.at("short_key"), 1U);
  EXPECT_EQ(counters.skipped_records.at("Unknown"), 1U);
}

TEST(ClusterCollector, RefreshSoonFindsANewTopicLongBeforeTheInterval) {
  MockCluster cluster;
  cluster.create_topic(offsets_topic_name, 1);
  Watcher seen(cluster.bootstrap(), Duration{600'000}, Duration{600'000});
  ASSERT_TRUE(seen.until([&] { return seen.read_everything(); }));
  cluster.create_topic("fresh", 2);
  seen.collector().refresh_soon();
  ASSERT_TRUE(seen.until([&] { return seen.told_ends.contains({"fresh", 1}); }));
  EXPECT_EQ(seen.topics["fresh"], 2);
}

TEST(ClusterCollector, AWrongAddressIsTriedAgainAndNamed) {
  Watcher seen("127.0.0.1:9");
  ASSERT_TRUE(seen.until([&] { return seen.link() == LinkState::unreachable; }));
  EXPECT_EQ(seen.links.front().state, LinkState::connecting);
  EXPECT_EQ(seen.links.back().problem, "connection refused by 127.0.0.1:9");
}

TEST(ClusterCollector, AHostThatNobodyKnowsIsNamed) {
  Watcher seen("nosuch.host.invalid:9092");
  ASSERT_TRUE(seen.until([&] { return seen.link() == LinkState::unreachable; }));
  EXPECT_EQ(seen.links.back().problem, "cannot resolve nosuch.host.invalid");
}

TEST(ClusterCollector, AServerThatNeverAnswersIsTold) {
  SilentServer server;
  Watcher seen(server.address());
  ASSERT_TRUE(seen.until([&] { return seen.link() == LinkState::unreachable; }));
  EXPECT_NE(seen.links.back().problem.find(server.address()), std::string::npos)
      << seen.links.back().problem;
}

// A promise, not a measure: the daemon has 10 s for everything.
TEST(ClusterCollector, EndsWithinSecondsWhateverTheBrokersDo) {
  constexpr std::chrono::seconds promised{5};
  const auto stopped_within_promise = [&](Watcher& seen) {
    const auto begin = std::chrono::steady_clock::now();
    seen.stop();
    return std::chrono::steady_clock::now() - begin < promised;
  };
  SilentServer server;
  Watcher silent(server.address());
  ASSERT_TRUE(silent.until([&] { return server.connections() > 0; }));
  EXPECT_TRUE(stopped_within_promise(silent)) << "while nothing answers";
  Watcher unreachable("127.0.0.1:9");
  ASSERT_TRUE(unreachable.until([&] { return unreachable.link() == LinkState::unreachable; }));
  EXPECT_TRUE(stopped_within_promise(unreachable)) << "while it is away";
  MockCluster cluster;
  cluster.create_topic(offsets_topic_name, 50);
  Watcher healthy(cluster.bootstrap());
  ASSERT_TRUE(healthy.until([&] { return healthy.read_everything(); }));
  EXPECT_TRUE(stopped_within_promise(healthy)) << "while it reads";
}

}  // namespace
}  // namespace tidemark
