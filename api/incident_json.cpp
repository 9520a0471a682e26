#include "api/incident_json.h"

#include <optional>

#include "api/json_values.h"
#include "api/json_writer.h"
#include "storage/alert_rows.h"

namespace tidemark {

std::string incident_json(const IncidentRow& row) {
  JsonWriter out;
  const bool of_cluster = row.kind == "monitor_blind" || row.kind == "cluster_unreachable";
  out.begin_object()
      .field("id", row.id)
      .field("cluster", row.cluster)
      .field("group", if_so(!of_cluster, row.group))
      .field("kind", row.kind)
      .field("state", row.until ? "ended" : "open")
      .field("status", row.status)
      .field("worst", row.worst)
      .field("reason", row.reason)
      .field("topic", if_so(!row.topic.empty(), row.topic))
      .field("partition", if_so(!row.topic.empty(), row.partition))
      .field("since_ms", row.since)
      .field("opened_ms", row.opened)
      .field("until_ms", row.until)
      .field("end", if_so(!row.end.empty(), row.end))
      .field("flaps", row.flaps)
      .field("learning", row.learning);
  const auto& acknowledged = row.acknowledged;
  out.field("acknowledged_by", acknowledged ? std::optional(acknowledged->author) : std::nullopt)
      .field("acknowledged_ms", acknowledged ? std::optional(acknowledged->at) : std::nullopt)
      .field("acknowledged_comment", acknowledged && !acknowledged->comment.empty()
                                         ? std::optional(acknowledged->comment)
                                         : std::nullopt);
  out.end_object();
  return out.take();
}

}  // namespace tidemark
