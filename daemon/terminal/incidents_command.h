// `tidemark incidents [CLUSTER]`: what is in trouble, since when, and who takes care of it.
#pragma once

#include <string>

#include "daemon/console.h"
#include "daemon/terminal/reader.h"
#include "daemon/terminal/talk.h"

namespace tidemark::terminal {

struct IncidentsRequest : Question {
  std::string cluster;         // empty: all
  std::string state = "open";  // "open", "ended" or "all"
};

// Returns the exit code.
int incidents_command(const IncidentsRequest& request, const Reader& reader,
                      const Console& console);

}  // namespace tidemark::terminal
