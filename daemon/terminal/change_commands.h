// `tidemark acknowledge`, `forget` and `reload`.
#pragma once

#include <string>

#include "daemon/console.h"
#include "daemon/terminal/changing.h"

namespace tidemark::terminal {

struct AcknowledgeRequest : ChangeRequest {
  std::string incident;
  std::string comment;
};
struct ForgetRequest : ChangeRequest {
  std::string cluster;
  std::string group;
};

// Each returns the exit code.
int acknowledge_command(const AcknowledgeRequest& request, const Console& console);
int forget_command(const ForgetRequest& request, const Console& console);
int reload_command(const ChangeRequest& request, const Console& console);

}  // namespace tidemark::terminal
