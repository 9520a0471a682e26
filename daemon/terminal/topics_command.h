// `tidemark topics [CLUSTER]`: what is written, by whom it is read, and how long it is kept.
#pragma once

#include <string>

#include "daemon/console.h"
#include "daemon/terminal/reader.h"
#include "daemon/terminal/talk.h"

namespace tidemark::terminal {

struct TopicsRequest : Question {
  std::string cluster;  // empty: all
  bool unread = false;  // only those that nobody reads
};

// Returns the exit code.
int topics_command(const TopicsRequest& request, const Reader& reader, const Console& console);

}  // namespace tidemark::terminal
