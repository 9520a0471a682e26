// The collectors' way into their cluster's inlet, and what they count on the way. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "collectors/cluster_collector.h"
#include "core/channel.h"
#include "core/log.h"
#include "core/mutex.h"

namespace tidemark {

class Outlet {
 public:
  // `cluster` is for log lines. `inlet` outlives it.
  Outlet(std::string cluster, Channel<Observation>& inlet)
      : cluster_(std::move(cluster)), inlet_(inlet) {}

  // Waits for room as long as it takes: nothing is lost on the way to a verdict. A wait of seconds
  // is told in the log, and so is its end. False only when `stop` is requested or the inlet is
  // closed.
  bool send(Observation seen, const std::stop_token& stop);

  // A request for `what` (a metric label) failed: counted, and a log line at most once a minute.
  void failed(const std::string& what, const std::string& why);
  void count(const CollectorCounters& more);
  [[nodiscard]] CollectorCounters counters() const;

 private:
  using Steady = std::chrono::steady_clock::time_point;

  void note_waiting(Steady since);
  void note_flowing();

  const std::string cluster_;
  Channel<Observation>& inlet_;

  mutable Mutex mutex_;
  std::optional<Steady> standing_since_ TM_GUARDED_BY(mutex_);  // the inlet is full since, and
  bool standing_told_ TM_GUARDED_BY(mutex_) = false;            // the log says so
  log::RateLimit standing_limit_ TM_GUARDED_BY(mutex_){std::chrono::seconds{60}};
  std::map<std::string, log::RateLimit> limits_ TM_GUARDED_BY(mutex_);
  CollectorCounters counters_ TM_GUARDED_BY(mutex_);
};

}  // namespace tidemark
