// What is told to people and machines: a plain value, made by whoever decides that something is to
// be told, read by the channels that put it into mails, JSON and short texts. It holds names from
// outside as they are (any bytes): each channel escapes them for its own format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "evaluator/finding.h"
#include "evaluator/verdict.h"

namespace tidemark {

// Closed, with stable words: template flags, JSON values.
enum class MessageKind : std::uint8_t {
  opened,
  worsened,  // of an incident that was told before
  still,     // it goes on: a repetition, or an escalation
  resolved,
  digest,   // a list of what is no reason to wake anybody
  dropped,  // messages before it were lost, and so many
  test,     // sent by hand, to see whether it arrives
};
std::string_view to_string(MessageKind kind);

// What an incident is about; (cluster, group, kind) has one incident at a time.
enum class IncidentKind : std::uint8_t {
  status,  // the group's own: WARNING or ERROR
  data_loss,
  retention_risk,
  blocked_by_transaction,
  monitor_blind,        // of a cluster: Tidemark does not see it well enough to judge
  cluster_unreachable,  // of a cluster
};
std::string_view to_string(IncidentKind kind);  // "status", "data_loss", …

struct LagPoint {
  Instant at;
  std::optional<std::int64_t> lag;  // null: not known then, a gap in the line
};

// One incident as it stands at Message::at.
struct Alert {
  std::string incident;  // its id: letters, digits, '-'; the same from opening to end
  IncidentKind kind = IncidentKind::status;
  ClusterName cluster;
  GroupName group;  // empty with the kinds that are of a cluster
  GroupStatus status = GroupStatus::error;
  // What it was when it was told last; null: it was not told before.
  std::optional<GroupStatus> before;
  std::string reason;                // one sentence
  std::vector<Finding> causes;       // strongest first; none is a fine answer
  std::string outlook;               // the forecast's sentence; empty: none
  std::optional<std::int64_t> lag;   // records
  std::optional<Duration> time_lag;  // null: unknown
  Instant since;
  std::optional<Instant> until;  // set when it is over
  int flaps = 0;                 // how often it came back while it was open
  bool learning = false;         // the group's habits are not known yet
  // The partition that decides; the topic is empty where none does.
  TopicName topic;
  PartitionId partition;
  std::map<std::string, std::string> labels;
  std::string link;                  // the page that shows it, absolute
  std::vector<LagPoint> lag_series;  // by time; for the small picture; may be empty
};

struct Message {
  MessageKind kind = MessageKind::opened;
  Instant at;  // when it was decided; "for 12 min" counts up to here
  // The worst first, and never empty. For people the first few of `count`; for a channel that takes
  // each incident by itself (Notifier::each_incident) all of them.
  std::vector<Alert> alerts;
  std::size_t count = 1;  // of all incidents that it speaks of
  std::string link;       // the page that lists exactly those `count`; absolute
  // The same for everything that is told of the same thing, from opening to end: mails become a
  // thread by it, PagerDuty and Alertmanager find what they end.
  std::string dedup_key;
  // Of this message alone, and the same whenever it is sent again.
  std::string idempotency_key;
};

// Whether everything that it speaks of has ended.
bool is_over(const Message& message);

}  // namespace tidemark
