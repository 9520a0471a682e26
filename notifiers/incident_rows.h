// Keeps the rows of open incidents true while nothing opens, worsens or ends: how often they came
// back, what they are now and why. Once a minute, and those alone that are not as they were
// written. Owned by the notify thread.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/time.h"
#include "notifiers/incident.h"
#include "storage/alert_rows.h"

namespace tidemark {

class IncidentRows {
 public:
  static constexpr Duration every = std::chrono::minutes{1};

  // What is written anyway.
  void write(const Incident& incident, std::vector<IncidentRow>& into);

  [[nodiscard]] bool due(Instant now) const { return now >= next_; }
  // One that is open, while due().
  void refresh(const Incident& incident, std::vector<IncidentRow>& into);
  void refreshed(Instant now) { next_ = now + every; }

 private:
  std::unordered_map<std::string, IncidentRow> written_;  // of those that are open, by id
  Instant next_;
};

}  // namespace tidemark
