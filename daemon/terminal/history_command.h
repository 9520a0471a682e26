// `tidemark history CLUSTER GROUP`: what was it like before?
#pragma once

#include <string>

#include "daemon/console.h"
#include "daemon/terminal/reader.h"
#include "daemon/terminal/talk.h"

namespace tidemark::terminal {

struct HistoryRequest : Question {
  std::string cluster;
  std::string group;
  std::string since = "6h";
  std::string step;  // empty: what fits
  bool csv = false;
};

// Returns the exit code.
int history_command(const HistoryRequest& request, const Reader& reader, const Console& console);

}  // namespace tidemark::terminal
