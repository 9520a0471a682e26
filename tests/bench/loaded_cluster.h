// A pipeline's state after a synthetic cluster has lived for a while, driven by hand: commits and
// refreshes in the order in which they would come. For benchmarks of what a tick, a refresh or a
// batch costs at full size.
#pragma once

#include <memory>
#include <random>

#include "config/policy_table.h"
#include "core/time.h"
#include "daemon/pipeline/cluster_state.h"
#include "tests/bench/world.h"

namespace tidemark::bench {

class LoadedCluster {
 public:
  explicit LoadedCluster(World world);

  // The whole life: all rounds of commits with a refresh each quarter of a round.
  void live();
  // Only what waits in the offsets topic, as at a start.
  void start_up();
  // One refresh of all log ends: the producers went on, unevenly, or nothing was written.
  void refresh();
  void quiet_refresh();
  // The same of this moment, the clock stands.
  void refresh_now();
  void quiet_refresh_now() { refresh_at(now_, log_end_); }
  // Some groups commit what they have read: everything, but for the late ones.
  void commit(int first_group, int end_group);
  // The commits of one second of a stream in which each partition of each group commits every
  // `period` seconds; not applied yet.
  [[nodiscard]] OffsetsBatch second_of_stream(int second, int period) const;
  std::shared_ptr<const ClusterReport> tick();
  // A record is there, whatever was asked for.
  void answer_probes();

  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] ClusterState& state() { return *state_; }

 private:
  void refresh_at(Instant at, std::int64_t log_end);
  [[nodiscard]] std::int64_t log_end_at(Instant at) const;

  World world_;
  PolicyTable policies_;
  std::unique_ptr<ClusterState> state_;
  Instant end_;  // of the last round
  Instant now_;
  std::int64_t log_end_ = 0;
  std::mt19937 random_{1};
};

}  // namespace tidemark::bench
