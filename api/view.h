// What the answers are made from: the newest report of every cluster, and, for one group at a time,
// a copy of its windows. Implemented by daemon/. All calls may come from any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "evaluator/report.h"
#include "storage/alert_status.h"
#include "storage/event_status.h"
#include "storage/history_status.h"

namespace tidemark {

class View {
 public:
  View() = default;
  View(const View&) = delete;
  View& operator=(const View&) = delete;
  virtual ~View() = default;

  // The newest report of each cluster, in the order of the configuration. Never blocks.
  [[nodiscard]] virtual std::vector<std::shared_ptr<const ClusterReport>> reports() const = 0;

  // The group with its windows, from the pipeline thread of its cluster; waits for it a second at
  // most. `trace`: with the rules as they were tried. The error says that the cluster or group is
  // unknown, or that the pipeline did not answer in time.
  virtual Result<GroupDetail> detail(std::string_view cluster, std::string_view group,
                                     bool trace) = 0;

  // Where the past is read from, and how its recording goes. Never null.
  [[nodiscard]] virtual std::shared_ptr<const HistoryStatus> history() const {
    return std::make_shared<HistoryStatus>();  // none is recorded
  }

  // Where events are kept, and how that goes. Never null.
  [[nodiscard]] virtual std::shared_ptr<const EventStatus> events() const {
    return std::make_shared<EventStatus>();  // in the reports only
  }
  // Those of a cluster that are not in that file yet, oldest first; some of them may be in the
  // next report only.
  [[nodiscard]] virtual std::vector<std::shared_ptr<const Event>> waiting_events(
      std::string_view /*cluster*/) const {
    return {};
  }

  // What this machine's clock shows.
  [[nodiscard]] virtual Instant now() const {
    return std::chrono::time_point_cast<Duration>(Instant::clock::now());
  }

  // Where incidents are read from, and how messages about them go. Never null.
  [[nodiscard]] virtual std::shared_ptr<const AlertStatus> alerts() const {
    return std::make_shared<AlertStatus>();  // none are kept
  }
};

}  // namespace tidemark
