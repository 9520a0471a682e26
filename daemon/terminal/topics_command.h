// `tidemark topics [CLUSTER]`: what is written, by whom it is read, and how long it is kept.
#pragma once

#include <string>

#include "daemon/console.h"
#include "daemon/terminal/reader.h"

namespace tidemark::terminal {

struct TopicsRequest {
  std::string url = "http://127.0.0.1:8000";
  std::string cluster;  // empty: all
  bool unread = false;  // only those that nobody reads
  bool json = false;
};

// Returns the exit code.
int topics_command(const TopicsRequest& request, const Reader& reader, const Console& console);

}  // namespace tidemark::terminal
