// Events as a terminal shows them. Pure but for the time zone.
#pragma once

#include <string>

#include "daemon/terminal/events_answer.h"
#include "daemon/terminal/table.h"

namespace tidemark::terminal {

// A person gets a head line and the sentence below it, wrapped; a pipe gets one line.
std::string event_text(const EventAnswer& event, const Look& look);

// "2026-11-21 12:17:32", in the local time zone.
std::string local_time(std::int64_t at_ms);

}  // namespace tidemark::terminal
