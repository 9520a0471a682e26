// `tidemark explain CLUSTER GROUP [TOPIC PARTITION]`: why does it say that?
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "daemon/console.h"
#include "daemon/terminal/reader.h"
#include "daemon/terminal/talk.h"

namespace tidemark::terminal {

struct ExplainRequest : Question {
  std::string cluster;
  std::string group;
  std::optional<std::string> topic;  // null: the partition that decides
  std::optional<std::int32_t> partition;
};

// Returns the exit code.
int explain_command(const ExplainRequest& request, const Reader& reader, const Console& console);

}  // namespace tidemark::terminal
