// The events of all clusters as one list: filtered and cut into pages. Within a cluster they come
// in the order of their numbers; between clusters in that of time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/event_cursor.h"
#include "api/event_reader.h"
#include "api/lookup.h"
#include "evaluator/event.h"

namespace tidemark {

struct EventQuery {
  std::optional<std::string> cluster;
  EventFilter filter;
  // Null: the oldest first after `cursor` or from `filter.from`; without these the newest ones,
  // but the newest of them last.
  std::optional<EventOrder> order;
  std::optional<EventCursor> cursor;  // of this run
  bool cursor_of_another_run = false;
  int limit = 100;
  std::uint64_t run = 0;  // the present one
};

struct EventRow {
  const ClusterReport* cluster = nullptr;
  std::shared_ptr<const Event> event;
  EventCursor cursor;  // behind it
};

struct EventPage {
  std::vector<EventRow> rows;
  std::optional<std::string> next;   // the cursor that leads on; null: there is no more
  std::optional<std::size_t> total;  // that match, on all pages; null: they were not counted
};

// What one request looks at: `memory` by cluster, as `reports`.
struct EventSight {
  Reports reports;
  std::vector<EventMemory> memory;
  EventSource source;
};

// After a cursor of another run come those in memory. The rows look into `sight`.
EventPage page_of(EventSight& sight, const EventQuery& query);

}  // namespace tidemark
