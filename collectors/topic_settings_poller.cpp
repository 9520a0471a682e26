#include "collectors/topic_settings_poller.h"

#include <optional>
#include <utility>

#include "collectors/kafka_settings.h"
#include "collectors/patient_call.h"
#include "collectors/topic_settings.h"
#include "core/log.h"

namespace tidemark {
namespace {

constexpr char what[] = "topic_settings";  // a metric label
constexpr Duration look_every{1000};

std::vector<std::string> names_of(const ClusterPlan& plan) {
  std::vector<std::string> out;
  for (const TopicLeaders& topic : plan.topics) {
    const bool internal = topic.name == offsets_topic || topic.name == share_state_topic;
    if (!internal) out.push_back(topic.name);
  }
  return out;
}

AskConfigs asking(Duration limit) {
  return
      [limit](const std::shared_ptr<KafkaClient>& client, const std::vector<std::string>& topics) {
        return client->topic_configs(topics, retention_keys(), limit);
      };
}

}  // namespace

TopicSettingsPoller::TopicSettingsPoller(const CollectorSettings& settings, Outlet& outlet,
                                         ClusterBoard& board, const Clock& clock)
    : TopicSettingsPoller(settings, outlet, board, clock, asking(request_limit(settings.kafka))) {}

TopicSettingsPoller::TopicSettingsPoller(const CollectorSettings& settings, Outlet& outlet,
                                         ClusterBoard& board, const Clock& clock, AskConfigs ask)
    : settings_(settings), outlet_(outlet), board_(board), clock_(clock), ask_(std::move(ask)) {}

void TopicSettingsPoller::run(const std::stop_token& stop) {
  std::shared_ptr<const ClusterPlan> plan;
  while (!stop.stop_requested()) {
    auto newest = board_.wait_for_plan(plan ? plan->version : 0, look_every, stop);
    if (newest && (!plan || newest->revision != plan->revision)) {
      schedule_.topics(names_of(*newest));
    }
    plan = std::move(newest);
    if (plan) ask(plan->ends, stop);
  }
}

void TopicSettingsPoller::ask(const std::shared_ptr<KafkaClient>& client,
                              const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const std::vector<std::string> topics = schedule_.due(clock_.steady());
    if (topics.empty()) return;
    using Answer = KafkaAnswer<std::vector<TopicConfigs>>;
    const auto answer = call_patiently<Answer>(
        stop, [ask = ask_, client, topics] { return ask(client, topics); }, [] {});
    if (!answer) return;
    if (answer->ok()) {
      schedule_.answered(topics, clock_.steady());
      tell(answer->value, stop);
    } else if (answer->error.fault == KafkaFault::unsupported) {
      schedule_.answered(topics, clock_.steady());
      count_one();
    } else {
      schedule_.failed(clock_.steady());
      note_failure(answer->error);
    }
  }
}

void TopicSettingsPoller::tell(const std::vector<TopicConfigs>& answers,
                               const std::stop_token& stop) {
  TopicSettingsSeen seen;
  for (const TopicConfigs& answer : answers) {
    if (answer.error.ok()) {
      seen.topics.emplace_back(TopicName{answer.topic}, read_topic_settings(answer.values));
    } else if (answer.error.fault != KafkaFault::unknown_topic) {
      note_refusal(answer);
    }
  }
  if (!seen.topics.empty()) outlet_.send(std::move(seen), stop);
}

// Without a line in the log: it would come again and again.
void TopicSettingsPoller::count_one() {
  CollectorCounters one;
  one.errors[what] = 1;
  outlet_.count(one);
}

// No warning: verdicts do without, and a link that is down is told of by others.
void TopicSettingsPoller::note_failure(const KafkaError& error) {
  count_one();
  if (!failure_limit_.pass(clock_.steady())) return;
  log::info(
      "cluster {}: topics' retention settings can't be read at the moment: {}; trying again, until "
      "then "
      "retention_risk goes by how log starts move",
      settings_.cluster.get(), error.message);
}

void TopicSettingsPoller::note_refusal(const TopicConfigs& answer) {
  count_one();
  if (std::exchange(said_, true)) return;
  log::warn(
      "cluster {}: the settings of topic {}, and maybe of others, can't be read: {}. The right is "
      "DescribeConfigs on topics; without it retention_risk goes by how log starts move",
      settings_.cluster.get(), answer.topic, answer.error.message);
}

}  // namespace tidemark
