// `tidemark receivers [NAME]`: how messages about incidents are delivered; of one receiver, its
// last attempts.
#pragma once

#include <string>

#include "daemon/console.h"
#include "daemon/terminal/reader.h"
#include "daemon/terminal/talk.h"

namespace tidemark::terminal {

struct ReceiversRequest : Question {
  std::string receiver;  // empty: all
};

// Returns the exit code.
int receivers_command(const ReceiversRequest& request, const Reader& reader,
                      const Console& console);

}  // namespace tidemark::terminal
