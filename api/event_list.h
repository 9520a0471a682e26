// The events of all clusters as one list, oldest first: filtered and cut into pages. Pure. A cursor
// stands behind one row and knows how far each cluster was read, so that asking again and again
// with the newest one meets every event once, however clusters interleave.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/lookup.h"
#include "core/result.h"
#include "core/time.h"

namespace tidemark {

// By cluster, in the order of the configuration: the sequence number read last. It belongs to one
// run of the daemon: sequences begin anew with each.
struct EventCursor {
  std::uint64_t run = 0;
  std::vector<std::uint64_t> read;

  [[nodiscard]] std::string text() const;
  // The error says what is wrong with the word.
  static Result<EventCursor> parse(std::string_view text);
};

struct EventQuery {
  std::optional<std::string> cluster;
  std::optional<std::string> group;
  std::vector<EventKind> kinds;  // empty: any
  std::optional<Instant> since;
  std::optional<EventCursor> after;
  int limit = 100;
  std::uint64_t run = 0;  // the present one
};

struct EventRow {
  const ClusterReport* cluster = nullptr;
  const Event* event = nullptr;
  EventCursor cursor;  // behind it
};

struct EventPage {
  std::vector<EventRow> rows;
  bool more = false;      // after the last row
  std::size_t total = 0;  // that match, before and on this page and after it
};

// With `after` or `since` the oldest that match, else the newest. A cursor of another run is behind
// nothing. The rows look into `reports`.
EventPage page_of(const Reports& reports, const EventQuery& query);

std::optional<EventKind> event_kind_from(std::string_view word);
// Whether events of this kind are about one group (whose name may be empty).
bool is_of_group(EventKind kind);

}  // namespace tidemark
