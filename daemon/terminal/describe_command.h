// `tidemark describe CLUSTER GROUP`: one group with its members and partitions.
#pragma once

#include <string>

#include "daemon/console.h"
#include "daemon/terminal/reader.h"
#include "daemon/terminal/talk.h"

namespace tidemark::terminal {

struct DescribeRequest : Question {
  std::string cluster;
  std::string group;
};

// Returns the exit code.
int describe_command(const DescribeRequest& request, const Reader& reader, const Console& console);

}  // namespace tidemark::terminal
