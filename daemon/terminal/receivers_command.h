// `tidemark receivers [NAME]`: how messages about incidents are delivered; of one receiver, its
// last attempts.
#pragma once

#include <string>

#include "daemon/console.h"
#include "daemon/terminal/reader.h"

namespace tidemark::terminal {

struct ReceiversRequest {
  std::string url = "http://127.0.0.1:8000";
  std::string receiver;  // empty: all
  bool json = false;
};

// Returns the exit code.
int receivers_command(const ReceiversRequest& request, const Reader& reader,
                      const Console& console);

}  // namespace tidemark::terminal
