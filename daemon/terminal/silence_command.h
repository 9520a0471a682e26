// `tidemark silence add`, `list` and `end`: what nobody is told of for a while.
#pragma once

#include <string>
#include <vector>

#include "daemon/console.h"
#include "daemon/terminal/changing.h"
#include "daemon/terminal/reader.h"

namespace tidemark::terminal {

struct SilenceRequest : ChangeRequest {
  std::string cluster;  // patterns; empty: any
  std::string group;
  std::string topic;
  std::string status;
  std::string kind;
  std::vector<std::string> labels;  // "team=checkout"
  std::string span = "1h";
  std::string comment;
  std::string id;     // to be ended
  std::string state;  // to be listed: "active", …; empty: active and pending
};

// Each returns the exit code.
int silence_add_command(const SilenceRequest& request, const Console& console);
int silence_list_command(const SilenceRequest& request, const Reader& reader,
                         const Console& console);
int silence_end_command(const SilenceRequest& request, const Console& console);

}  // namespace tidemark::terminal
