#include "collectors/topic_settings_poller.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>

#include "core/worker.h"

namespace tidemark {
namespace {

// A cluster that answers DescribeConfigs as the test wants it.
class TopicSettingsPollerTest : public testing::Test {
 protected:
  using Answer = KafkaAnswer<std::vector<TopicConfigs>>;

  TopicSettingsPollerTest() {
    auto plan = std::make_shared<ClusterPlan>();
    plan->version = plan->revision = 1;
    for (const char* name : {offsets_topic, "orders", "secret"}) {
      plan->topics.push_back({name, {}, {1}});
    }
    board.publish(plan);
  }
  ~TopicSettingsPollerTest() override { thread.reset(); }

  void start(std::function<Answer(const std::vector<std::string>&)> answer) {
    poller = std::make_unique<TopicSettingsPoller>(
        settings, outlet, board, clock,
        [answer = std::move(answer)](const std::shared_ptr<KafkaClient>&,
                                     const std::vector<std::string>& topics) {
          return answer(topics);
        });
    thread = std::make_unique<Worker>("conf",
                                      [this](const std::stop_token& stop) { poller->run(stop); });
  }

  // The settings that are told first.
  std::map<std::string, TopicSettings> told() {
    std::map<std::string, TopicSettings> out;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (out.empty() && std::chrono::steady_clock::now() < end) {
      for (Observation& seen : inlet.take(std::chrono::milliseconds{20})) {
        for (auto& [name, of] : std::get<TopicSettingsSeen>(seen).topics) out[name.get()] = of;
      }
    }
    return out;
  }
  bool counted(std::uint64_t times) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (outlet.counters().errors["topic_settings"] < times) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return true;
  }

  CollectorSettings settings{ClusterName{"PROD"}, "broker:9092", {}};
  Channel<Observation> inlet{"inlet", {1000, 1'000'000}};
  Outlet outlet{"PROD", inlet};
  ClusterBoard board;
  SystemClock clock;
  std::unique_ptr<TopicSettingsPoller> poller;
  std::unique_ptr<Worker> thread;
};

TEST_F(TopicSettingsPollerTest, TellsTheSettingsOfEachTopicThatGroupsMayRead) {
  start([](const std::vector<std::string>& topics) {
    Answer out;
    for (const std::string& topic : topics) {
      out.value.push_back({topic, {}, {{"retention.ms", "3600000"}, {"cleanup.policy", "delete"}}});
    }
    return out;
  });
  const auto seen = told();
  ASSERT_EQ(seen.size(), 2U) << "the offsets topic is no business of groups";
  EXPECT_EQ(seen.at("orders").retention, Duration{std::chrono::hours{1}});
}

TEST_F(TopicSettingsPollerTest, ATopicThatMayNotBeAskedAboutCostsOnlyItself) {
  start([](const std::vector<std::string>&) {
    Answer out;
    out.value.push_back({"orders", {}, {{"retention.ms", "-1"}}});
    out.value.push_back(
        {"secret", {KafkaFault::not_authorized, "Topic authorization failed", {}}, {}});
    return out;
  });
  const auto seen = told();
  EXPECT_EQ(seen.size(), 1U);
  EXPECT_TRUE(seen.contains("orders"));
  EXPECT_TRUE(counted(1));
}

TEST_F(TopicSettingsPollerTest, BrokersThatDoNotKnowTheRequestAreNotAskedAgainAndAgain) {
  std::atomic<int> asked{0};
  start([&asked](const std::vector<std::string>&) {
    ++asked;
    return Answer{{KafkaFault::unsupported, "not supported", {}}, {}};
  });
  ASSERT_TRUE(counted(1));
  thread.reset();
  EXPECT_EQ(asked, 1);
}

TEST_F(TopicSettingsPollerTest, ABrokerThatDoesNotAnswerIsCountedAndLeftInPeaceForAWhile) {
  std::atomic<int> asked{0};
  start([&asked](const std::vector<std::string>&) {
    ++asked;
    return Answer{{KafkaFault::timed_out, "timed out", {}}, {}};
  });
  ASSERT_TRUE(counted(1));
  thread.reset();
  EXPECT_EQ(asked, 1);
}

}  // namespace
}  // namespace tidemark
