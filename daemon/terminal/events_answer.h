// What `GET /api/v1/events` answers, as far as a terminal shows it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidemark::terminal {

struct EventAnswer {
  std::string cursor;
  std::string cluster;
  std::int64_t sequence = 0;
  std::int64_t at_ms = 0;
  std::string kind;
  std::optional<std::string> group;
  std::string subject;
  std::string from;
  std::string to;
  std::string reason;
  std::string sentence;
  std::string author;  // empty: nobody did it
  std::string json;    // the whole row
};

struct EventsAnswer {
  std::vector<EventAnswer> events;
  std::optional<std::string> next_cursor;  // null: this was the last page
  std::optional<std::string> problem;      // why some may be missing
};

Result<EventsAnswer> parse_events(std::string_view body);

}  // namespace tidemark::terminal
