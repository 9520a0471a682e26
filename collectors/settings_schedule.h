// Which topics' settings to ask for next: all at start, new ones when they come, and each of them
// again after ten minutes. When nobody answers, it waits longer and longer. Pure; time is handed
// in; owned by one thread.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "core/time.h"

namespace tidemark {

class SettingsSchedule {
 public:
  using Steady = std::chrono::steady_clock::time_point;

  // The topics that there are now.
  void topics(const std::vector<std::string>& names);

  // The next ones to ask for, one request's worth; empty: none is due.
  [[nodiscard]] std::vector<std::string> due(Steady now) const;
  void answered(const std::vector<std::string>& names, Steady now);
  void failed(Steady now);

 private:
  std::map<std::string, Steady> next_;  // by topic; the clock's beginning: never asked
  Steady not_before_{};
  Duration backoff_{0};
};

}  // namespace tidemark
