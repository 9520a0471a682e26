// The collectors' way into their cluster's inlet, and what they count on the way. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
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

  // Waits for room as long as it takes: nothing is lost on the way to a verdict. False only when
  // `stop` is requested or the inlet is closed.
  bool send(Observation seen, std::size_t weight, const std::stop_token& stop);

  // A request for `what` (a metric label) failed: counted, and a log line at most once a minute.
  void failed(const std::string& what, const std::string& why);
  void count(const CollectorCounters& more);
  [[nodiscard]] CollectorCounters counters() const;

 private:
  const std::string cluster_;
  Channel<Observation>& inlet_;

  mutable Mutex mutex_;
  std::map<std::string, log::RateLimit> limits_ TM_GUARDED_BY(mutex_);
  CollectorCounters counters_ TM_GUARDED_BY(mutex_);
};

}  // namespace tidemark
