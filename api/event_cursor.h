// A place in the list of all clusters' events: how far each cluster was read, by the numbers of its
// events. So asking again and again with the newest one meets every event once, however clusters
// interleave.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/lookup.h"
#include "core/result.h"

namespace tidemark {

struct EventCursor {
  std::uint64_t run = 0;  // of what it holds: see cursor_run()
  // By cluster, in the order of the configuration: the oldest first, all up to this number are
  // read; the newest first, all from it on.
  std::vector<std::uint64_t> read;

  [[nodiscard]] std::string text() const;
  // The error says what is wrong with the word.
  static Result<EventCursor> parse(std::string_view text);
};

// Names a sequence of numbers and the list of clusters: a cursor of another run is none of ours.
std::uint64_t cursor_run(std::uint64_t log, const Reports& reports);

}  // namespace tidemark
