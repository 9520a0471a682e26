// Refreshes log ends, log starts and last stable offsets of all partitions at each interval, and at
// once when topics or leaders have changed. One thread that keeps the time, and one or a few for
// each leader while it is asked, so that a dead broker holds up nobody else; a leader that is still
// being asked when the next refresh comes is left out of it, and counted.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <vector>

#include "collectors/cluster_board.h"
#include "collectors/log_end_memory.h"
#include "collectors/log_end_request.h"
#include "collectors/outlet.h"
#include "core/clock.h"
#include "core/worker.h"

namespace tidemark {

class LogEndPoller {
 public:
  // All outlive it.
  LogEndPoller(const CollectorSettings& settings, Outlet& outlet, ClusterBoard& board,
               const Clock& clock);

  // The thread's body.
  void run(const std::stop_token& stop);

 private:
  using Work = std::function<void()>;
  struct Task {
    std::atomic<int> open{0};  // lanes that are still asking
    std::vector<std::unique_ptr<Worker>> lanes;
  };

  void start_round(const std::shared_ptr<const ClusterPlan>& plan, const std::stop_token& stop);
  void start(std::int32_t leader, std::vector<Work> lanes, const Work& done);

  const CollectorSettings& settings_;
  Outlet& outlet_;
  ClusterBoard& board_;
  const Clock& clock_;

  LogEndMemory memory_;
  bool first_round_ = true;
  std::atomic<int> first_round_open_{0};  // leaders that the first round waits for
  std::map<std::int32_t, std::unique_ptr<Task>> tasks_;
};

}  // namespace tidemark
