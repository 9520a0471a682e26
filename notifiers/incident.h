// An incident: one trouble of one group (or of a cluster) from its beginning to its end. A plain
// value. Instants are this machine's, as reports count them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/time.h"
#include "evaluator/verdict.h"
#include "notifiers/message.h"

namespace tidemark {

// What has one incident at a time.
struct IncidentKey {
  ClusterName cluster;
  GroupName group;  // empty with the kinds that are of a cluster; a group's name may be empty, too
  IncidentKind kind = IncidentKind::status;
  friend auto operator<=>(const IncidentKey&, const IncidentKey&) = default;
};

constexpr bool is_of_cluster(IncidentKind kind) {
  return kind == IncidentKind::monitor_blind || kind == IncidentKind::cluster_unreachable;
}

// What a trouble looks like now.
struct Trouble {
  IncidentKind kind = IncidentKind::status;
  GroupStatus status = GroupStatus::error;  // WARNING or ERROR
  // Rests on too little to wake anybody on the first day (evaluator/learning.h). Of an incident: it
  // has done so for all the time.
  bool learning = false;
  Instant since;       // zero: since this look
  std::string reason;  // one sentence
  TopicName topic;     // of the partition that decides; empty where none does
  PartitionId partition;
};

enum class IncidentEnd : std::uint8_t { none, recovered, group_deleted, not_watched };
std::string_view to_string(IncidentEnd end);  // "", "recovered", "group_deleted", "not_watched"
std::optional<IncidentEnd> incident_end_from(std::string_view word);
std::optional<IncidentKind> incident_kind_from(std::string_view word);

struct Incident {
  std::string id;  // letters, digits, '-'; the same from opening to end, over restarts too
  IncidentKey key;
  Trouble now;                               // as it was seen last
  GroupStatus worst = GroupStatus::warning;  // that it was for long enough to be told
  Instant opened;
  std::optional<Instant> until;  // well since then, once it has ended
  IncidentEnd end = IncidentEnd::none;
  int flaps = 0;  // how often it came back while it was open
};

enum class IncidentStep : std::uint8_t {
  opened,
  worsened,
  confirmed,  // it was `learning` and goes on by a verdict that is not
  ended
};
std::string_view to_string(IncidentStep step);

struct IncidentChange {
  IncidentStep step = IncidentStep::opened;
  Incident incident;
};

// Made from what it is of and when it began.
std::string incident_id(const IncidentKey& key, Instant opened);

}  // namespace tidemark
