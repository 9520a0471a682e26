// What alerts.db holds, as plain values. Words ("status", "ERROR") are those of the alerts
// themselves; this room knows none of them. Instants are this machine's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace tidemark {

// That somebody takes care of an incident.
struct AcknowledgementRow {
  std::string incident;
  std::string author;
  std::string comment;
  Instant at;

  friend bool operator==(const AcknowledgementRow&, const AcknowledgementRow&) = default;
};

struct IncidentRow {
  std::string id;
  std::string cluster;
  std::string group;
  std::string kind;
  std::string status;
  std::string worst;
  Instant since;
  Instant opened;
  std::optional<Instant> until;  // null: it is open
  std::string end;               // why it ended; empty: it is open
  int flaps = 0;
  bool learning = false;
  std::string reason;
  std::string topic;
  std::int32_t partition = 0;
  std::optional<AcknowledgementRow> acknowledged = std::nullopt;  // read only: has its own table

  friend bool operator==(const IncidentRow&, const IncidentRow&) = default;
};

// What nobody is told of for a while. Each text is a regular expression; null: anything. Instants
// are those of the machine's clock as people see it.
struct SilenceRow {
  std::string id;
  std::optional<std::string> cluster;
  std::optional<std::string> group;
  std::optional<std::string> topic;
  std::optional<std::string> status;
  std::optional<std::string> kind;
  std::map<std::string, std::string> labels;
  std::string author;
  std::string comment;
  Instant created;
  Instant begin;
  Instant end;
  bool end_told = false;  // there is an event of its end
};

// What was told of the incidents that one route tells together.
struct BundleRow {
  std::string route;
  std::string key;
  std::string state;  // empty: it is over, and the row goes
};

// One thing to be sent, as the channel prepared it.
struct OutboxRow {
  std::int64_t id = 0;  // rises; given when it is written
  std::string receiver;
  std::string message;  // its idempotency key
  std::string address;
  std::string content;
  std::string key;
  Instant created;
  std::uint32_t attempts = 0;
  Instant next;  // not to be tried before
};

// That a message speaks of an incident.
struct NoticeRow {
  std::string message;
  std::string incident;
};

struct DeliveryRow {
  std::string receiver;
  std::string message;
  std::string address;
  Instant at;
  std::string outcome;
  std::uint32_t attempt = 1;
  std::string said;
  std::int64_t id = 0;  // rises; given when it is written
};

// What was lost for a receiver and not told to it.
struct OverflowRow {
  std::string receiver;
  std::uint64_t messages = 0;
  Instant from;
  Instant to;
};

// What one look at the clusters has changed: written as a whole or not at all.
struct AlertBatch {
  std::vector<IncidentRow> incidents;
  std::vector<BundleRow> bundles;
  std::vector<NoticeRow> notices;
  std::vector<OutboxRow> outbox;  // ids are filled in

  [[nodiscard]] bool empty() const {
    return incidents.empty() && bundles.empty() && notices.empty() && outbox.empty();
  }
};

}  // namespace tidemark
