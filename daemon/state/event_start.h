// With what the events of a cluster go on at a start of the daemon: their numbers, and what is told
// of the time between.
#pragma once

#include <cstdint>
#include <string>

#include "core/time.h"
#include "storage/state_file.h"

namespace tidemark {

struct EventStart {
  std::uint64_t last = 0;     // the newest number before
  bool handed_on = false;     // somebody calls EventLog::take_new() after each tick
  std::string reason = {};    // of the event that tells of the start; empty: it is the first one
  std::string sentence = {};  // of that
};

// After what the file tells. An end without notice leaves numbers out, so that one that was given
// and not written is never given again.
EventStart start_after(const EventRecord& record, Instant now);

// After a file that can't be read, or written to, and why: numbers that no earlier start has given
// are taken from the clock.
EventStart start_without_record(const std::string& why, Instant now);

}  // namespace tidemark
