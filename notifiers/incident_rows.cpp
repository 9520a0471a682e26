#include "notifiers/incident_rows.h"

#include <utility>

#include "notifiers/alert_store.h"

namespace tidemark {

void IncidentRows::write(const Incident& incident, std::vector<IncidentRow>& into) {
  into.push_back(row_of(incident));
  if (incident.until) {
    written_.erase(incident.id);
  } else {
    written_[incident.id] = into.back();
  }
}

void IncidentRows::refresh(const Incident& incident, std::vector<IncidentRow>& into) {
  IncidentRow row = row_of(incident);
  IncidentRow& before = written_[incident.id];
  if (before == row) return;
  into.push_back(row);
  before = std::move(row);
}

}  // namespace tidemark
