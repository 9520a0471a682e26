// A cluster in which everything comes and goes: groups of all kinds, their members, their topics.
// Each group and each topic lives for an hour, by a clock that is moved by hand, and when it ends
// its tombstones come as a broker writes them. What a pipeline's state holds after some hours of it
// shows what it forgets to let go.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "config/policy_table.h"
#include "daemon/pipeline/cluster_state.h"

namespace tidemark::test {

struct ChurnSizes {
  int groups_an_hour = 300;
  int topics_an_hour = 20;
  int partitions = 3;  // of each topic
  Duration step = std::chrono::seconds{10};
};

class Churn {
 public:
  explicit Churn(ChurnSizes sizes);
  ~Churn();
  Churn(const Churn&) = delete;
  Churn& operator=(const Churn&) = delete;

  void live(Duration span);
  // No new groups and topics from here on.
  void dry_up() { births_ = false; }

  [[nodiscard]] std::size_t groups() const { return report_->groups.size(); }
  [[nodiscard]] std::size_t topics() const { return report_->topics.size(); }
  [[nodiscard]] std::size_t group_partitions() const { return state_->group_partitions(); }
  [[nodiscard]] std::size_t in_trouble() const;
  [[nodiscard]] std::uint64_t born() const { return static_cast<std::uint64_t>(next_group_); }

 private:
  struct Group;
  struct Topic;
  class Batch;

  void step();
  void topics_come_and_go();
  void groups_come_and_go(Batch& batch);
  void list_topics();
  void refresh();
  void tick();
  Group make_group(int number);

  const ChurnSizes sizes_;
  PolicyTable policies_;
  std::unique_ptr<ClusterState> state_;
  std::shared_ptr<const ClusterReport> report_;
  Instant now_;
  bool births_ = true;
  int steps_ = 0;
  int next_group_ = 0;
  int next_topic_ = 0;
  std::deque<Group> groups_;  // the oldest first
  std::deque<Topic> topics_;  // likewise
};

}  // namespace tidemark::test
