// The collectors' way into their cluster's inlet, and what they count on the way. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>

#include "collectors/cluster_collector.h"
#include "core/channel.h"
#include "core/mutex.h"

namespace tidemark {

class Outlet {
 public:
  // `inlet` outlives it.
  explicit Outlet(Channel<Observation>& inlet) : inlet_(inlet) {}

  // Waits for room as long as it takes: nothing is lost on the way to a verdict. False only when
  // `stop` is requested or the inlet is closed.
  bool send(Observation seen, std::size_t weight, const std::stop_token& stop);

  // A request for `what` failed.
  void count_error(const std::string& what);
  void count(const CollectorCounters& more);
  [[nodiscard]] CollectorCounters counters() const;

 private:
  Channel<Observation>& inlet_;

  mutable Mutex mutex_;
  CollectorCounters counters_ TM_GUARDED_BY(mutex_);
};

}  // namespace tidemark
