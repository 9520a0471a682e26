// Probes against brokers on loopback that can be broken at will. Transactions, compaction and
// rights are shown on a real broker.
#include "collectors/prober.h"

#include <gtest/gtest.h>

#include "core/worker.h"
#include "tests/collectors_kafka/mock_cluster.h"
#include "tests/collectors_kafka/silent_server.h"

namespace tidemark {
namespace {

using test::MockCluster;
using test::SilentServer;
using Outcome = ProbeSeen::Outcome;

constexpr std::int64_t noon = 1'700'000'000'000;

// A prober at work, and what it has answered.
class Probes {
 public:
  explicit Probes(const std::string& bootstrap)
      : settings_{ClusterName{"DEV"}, bootstrap, {}},
        prober_(settings_, outlet_, clock_),
        thread_("probe DEV", [this](const std::stop_token& stop) { prober_.run(stop); }) {}

  bool ask(const std::string& topic, std::int32_t partition, std::int64_t from) {
    return prober_.ask({TopicName{topic}, PartitionId{partition}, Offset{from}});
  }
  // What has been answered once there are so many; fewer if that takes longer than anybody waits.
  const std::vector<ProbeSeen>& answers(std::size_t count) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{40};
    while (answers_.size() < count && std::chrono::steady_clock::now() < end) {
      for (Observation& seen : inlet_.take(std::chrono::milliseconds{20})) {
        answers_.push_back(std::get<ProbeSeen>(std::move(seen)));
      }
    }
    return answers_;
  }
  ProbeSeen probe(const std::string& topic, std::int32_t partition, std::int64_t from) {
    const std::size_t before = answers_.size();
    EXPECT_TRUE(ask(topic, partition, from));
    if (answers(before + 1).size() <= before) return {};
    return answers_.back();
  }
  [[nodiscard]] std::uint64_t failures() const {
    const auto errors = outlet_.counters().errors;
    const auto found = errors.find("probe");
    return found == errors.end() ? 0 : found->second;
  }

 private:
  SystemClock clock_;
  Channel<Observation> inlet_{"inlet", {200'000, 32'000'000}};
  const CollectorSettings settings_;
  Outlet outlet_{"DEV", inlet_};
  Prober prober_;
  std::vector<ProbeSeen> answers_;
  Worker thread_;
};

TEST(Prober, TellsTheFirstRecordAndItsTime) {
  MockCluster cluster;
  cluster.create_topic("orders", 2);
  for (int i = 0; i < 5; ++i) cluster.produce_at("orders", 1, noon + i);
  Probes probes(cluster.bootstrap());
  const ProbeSeen seen = probes.probe("orders", 1, 3);
  EXPECT_EQ(seen.outcome, Outcome::record) << seen.problem;
  EXPECT_EQ(seen.question.topic.get(), "orders");
  EXPECT_EQ(seen.question.partition.get(), 1);
  EXPECT_EQ(seen.question.from, Offset{3});
  EXPECT_EQ(seen.empty_to, Offset{3});
  EXPECT_EQ(seen.record_time, from_ms(noon + 3));
  EXPECT_FALSE(seen.log_append_time);
}

TEST(Prober, TellsTheEnd) {
  MockCluster cluster;
  cluster.create_topic("orders", 1);
  for (int i = 0; i < 5; ++i) cluster.produce_at("orders", 0, noon);
  Probes probes(cluster.bootstrap());
  const ProbeSeen seen = probes.probe("orders", 0, 5);
  EXPECT_EQ(seen.outcome, Outcome::end) << seen.problem;
  EXPECT_EQ(seen.empty_to, Offset{5});
  EXPECT_EQ(seen.record_time, std::nullopt);
}

TEST(Prober, TheSamePartitionCanBeAskedAboutAgainAndAgain) {
  MockCluster cluster;
  cluster.create_topic("orders", 1);
  for (int i = 0; i < 40; ++i) cluster.produce_at("orders", 0, noon + i);
  Probes probes(cluster.bootstrap());
  for (const int from : {30, 7, 40, 7, 0}) {
    const ProbeSeen seen = probes.probe("orders", 0, from);
    EXPECT_EQ(seen.empty_to, Offset{from}) << seen.problem;
    EXPECT_EQ(seen.outcome, from == 40 ? Outcome::end : Outcome::record);
  }
}

TEST(Prober, AnswersEachOfManyQuestionsOnce) {
  constexpr int partitions = 20;
  constexpr int offsets = 4;
  MockCluster cluster(3);
  cluster.create_topic("orders", partitions);
  for (int p = 0; p < partitions; ++p) {
    for (int i = 0; i < offsets; ++i) cluster.produce_at("orders", p, noon + 100 * p + i);
  }
  Probes probes(cluster.bootstrap());
  for (int i = 0; i < offsets; ++i) {
    for (int p = 0; p < partitions; ++p) ASSERT_TRUE(probes.ask("orders", p, i));
  }
  std::map<std::pair<int, std::int64_t>, int> told;
  for (const ProbeSeen& seen : probes.answers(partitions * offsets)) {
    const int p = seen.question.partition.get();
    EXPECT_EQ(seen.outcome, Outcome::record) << seen.problem;
    EXPECT_EQ(seen.record_time, from_ms(noon + 100 * p + seen.question.from.get()));
    ++told[{p, seen.question.from.get()}];
  }
  EXPECT_EQ(told.size(), std::size_t{partitions * offsets});
}

TEST(Prober, AnOffsetBeyondTheLogFailsAndIsNotReadFromTheStart) {
  MockCluster cluster;
  cluster.create_topic("orders", 1);
  cluster.produce_at("orders", 0, noon);
  Probes probes(cluster.bootstrap());
  const ProbeSeen seen = probes.probe("orders", 0, 500);
  EXPECT_EQ(seen.outcome, Outcome::failed);
  EXPECT_NE(seen.problem.find("orders-0 from offset 500"), std::string::npos) << seen.problem;
}

TEST(Prober, AMissingRightIsTold) {
  MockCluster cluster;
  cluster.create_topic("orders", 1);
  cluster.produce_at("orders", 0, noon);
  cluster.fail_fetches(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, 1000);
  Probes probes(cluster.bootstrap());
  EXPECT_EQ(probes.probe("orders", 0, 0).outcome, Outcome::not_authorized);
  EXPECT_EQ(probes.probe("orders", 0, 0).outcome, Outcome::not_authorized) << "said again";
  EXPECT_EQ(probes.failures(), 0U) << "who asks tells it, once";
}

TEST(Prober, ABrokerThatIsAwayFailsWithinTheTimeLimitAndIsAskedAgainLater) {
  MockCluster cluster;
  cluster.create_topic("orders", 1);
  cluster.produce_at("orders", 0, noon);
  Probes probes(cluster.bootstrap());
  ASSERT_EQ(probes.probe("orders", 0, 0).outcome, Outcome::record);
  cluster.down(1);
  const ProbeSeen seen = probes.probe("orders", 0, 0);
  EXPECT_EQ(seen.outcome, Outcome::failed);
  EXPECT_NE(seen.problem.find("orders-0 from offset 0: no answer within 4 s"), std::string::npos)
      << seen.problem;
  EXPECT_EQ(probes.failures(), 1U);
  cluster.up(1);
  EXPECT_EQ(probes.probe("orders", 0, 0).outcome, Outcome::record);
}

TEST(Prober, ABrokerThatSaysNothingHoldsUpNobodyAndNotTheEnd) {
  SilentServer silent;
  const auto begin = std::chrono::steady_clock::now();
  {
    Probes probes(silent.address());
    EXPECT_EQ(probes.probe("orders", 0, 0).outcome, Outcome::failed);
    EXPECT_TRUE(probes.ask("orders", 1, 0));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{10});
}

TEST(Prober, TooManyQuestionsAreRefused) {
  SilentServer silent;
  Probes probes(silent.address());
  std::size_t taken = 0;
  while (taken < 100'000 && probes.ask("orders", static_cast<std::int32_t>(taken), 0)) ++taken;
  EXPECT_GE(taken, Prober::most_waiting);
  EXPECT_LE(taken, 3 * Prober::most_waiting);
}

}  // namespace
}  // namespace tidemark
