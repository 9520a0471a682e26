// `tidemark describe CLUSTER GROUP`: one group with its members and partitions.
#pragma once

#include <string>

#include "daemon/console.h"
#include "daemon/terminal/reader.h"

namespace tidemark::terminal {

struct DescribeRequest {
  std::string url = "http://127.0.0.1:8000";
  std::string cluster;
  std::string group;
  bool json = false;
};

// Returns the exit code.
int describe_command(const DescribeRequest& request, const Reader& reader, const Console& console);

}  // namespace tidemark::terminal
