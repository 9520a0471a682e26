// `tidemark events`: what happened of late, and what happens now.
#pragma once

#include <string>

#include "daemon/console.h"
#include "daemon/terminal/reader.h"
#include "daemon/terminal/talk.h"

namespace tidemark::terminal {

struct EventsRequest : Question {
  std::string cluster;  // empty: all
  bool one_group = false;
  std::string group;  // only if one_group: a group's name may be empty
  std::string kind;   // "status,data_loss"; empty: any
  std::string since;  // "6h"; with it, or one of the next, all of that time
  std::string from;   // see parse_instant()
  std::string to;
  bool follow = false;
};

// Returns the exit code.
int events_command(const EventsRequest& request, const Reader& reader, const Console& console);

}  // namespace tidemark::terminal
