#include "notifiers/telling_message.h"

#include <algorithm>

#include "notifiers/links.h"

namespace tidemark {
namespace {

const ClusterReport* report_of(const TellingContext& context, const ClusterName& cluster) {
  for (const auto& report : context.reports) {
    if (report->cluster == cluster) return report.get();
  }
  return nullptr;
}

void add_what_is_known(Alert& alert, const GroupReport& group, const ClusterReport& report) {
  alert.lag = group.lag;
  alert.time_lag = group.time_lag(report.as_of_broker);
  if (alert.until || !group.diagnosis) return;
  alert.causes = group.diagnosis->findings;
  alert.outlook = group.diagnosis->forecast.sentence;
}

Alert alert_of(const ToldIncident& told, const TellingContext& context) {
  const Incident& incident = told.incident;
  Alert out;
  out.incident = incident.id;
  out.kind = incident.key.kind;
  out.cluster = incident.key.cluster;
  out.group = incident.key.group;
  out.before = told.before;
  out.status = incident.now.status;
  out.reason = incident.now.reason;
  out.since = incident.now.since;
  out.until = incident.until;
  out.flaps = incident.flaps;
  out.learning = incident.now.learning;
  out.topic = incident.now.topic;
  out.partition = incident.now.partition;
  out.labels = context.labels(incident.key);
  const ClusterReport* report = report_of(context, out.cluster);
  const bool of_cluster = is_of_cluster(out.kind);
  out.link = of_cluster ? link_to_cluster(context.page, out.cluster)
                        : link_to_group(context.page, out.cluster, out.group,
                                        out.until.value_or(out.since));
  if (incident.end == IncidentEnd::group_deleted) out.reason = "the group was deleted";
  if (incident.end == IncidentEnd::not_watched) out.reason = "the cluster is not watched any more";
  if (report == nullptr || of_cluster) return out;
  const GroupReport* group = report->find_group(out.group.get());
  if (group == nullptr) return out;
  add_what_is_known(out, *group, *report);
  if (out.until && incident.end == IncidentEnd::recovered) {
    out.status = group->status;
    out.reason = group->explanation;
  }
  return out;
}

}  // namespace

Message message_of(const Telling& telling, const TellingContext& context, bool whole) {
  Message out;
  out.kind = telling.kind;
  out.at = telling.at;
  out.count = telling.incidents.size();
  out.dedup_key = telling.dedup_key;
  out.idempotency_key = telling.idempotency_key;
  const std::size_t shown = whole ? out.count : std::min(out.count, shown_to_people);
  for (std::size_t i = 0; i < shown; ++i) {
    out.alerts.push_back(alert_of(telling.incidents[i], context));
  }
  if (out.count == 1 && context.series) {
    const Incident& incident = telling.incidents.front().incident;
    out.alerts.front().lag_series = context.series(incident.key, incident.now.since, telling.at);
  }
  out.link = out.count == 1 ? out.alerts.front().link
                            : link_to_message(context.page, telling.idempotency_key);
  return out;
}

}  // namespace tidemark
