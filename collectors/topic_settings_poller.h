// Asks the brokers for the settings that say how long a topic's records stay: of all topics at
// start, of new ones when they come, and again now and then, in bounded batches. One thread, its
// own. Where a right is missing, or brokers do not know the request, settings stay unknown and
// nothing else suffers.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "collectors/cluster_board.h"
#include "collectors/outlet.h"
#include "collectors/settings_schedule.h"
#include "core/clock.h"
#include "core/log.h"

namespace tidemark {

// Has a time limit of its own, and may outlive whom it was made by.
using AskConfigs = std::function<KafkaAnswer<std::vector<TopicConfigs>>(
    const std::shared_ptr<KafkaClient>&, const std::vector<std::string>& topics)>;

class TopicSettingsPoller {
 public:
  // All outlive it.
  TopicSettingsPoller(const CollectorSettings& settings, Outlet& outlet, ClusterBoard& board,
                      const Clock& clock);
  // As above, with another way to ask.
  TopicSettingsPoller(const CollectorSettings& settings, Outlet& outlet, ClusterBoard& board,
                      const Clock& clock, AskConfigs ask);

  // The thread's body.
  void run(const std::stop_token& stop);

 private:
  void ask(const std::shared_ptr<KafkaClient>& client, const std::stop_token& stop);
  void tell(const std::vector<TopicConfigs>& answers, const std::stop_token& stop);
  void count_one();
  void note_failure(const KafkaError& error);
  void note_refusal(const TopicConfigs& answer);

  const CollectorSettings& settings_;
  Outlet& outlet_;
  ClusterBoard& board_;
  const Clock& clock_;
  const AskConfigs ask_;

  SettingsSchedule schedule_;
  log::RateLimit failure_limit_{std::chrono::minutes{10}};
  bool said_ = false;  // that a right is missing
};

}  // namespace tidemark
