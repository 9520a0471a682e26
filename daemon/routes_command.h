// `tidemark routes CLUSTER GROUP [STATUS]`: which route of a configuration takes an incident, who
// is told of it and when, and why not the others. Asks no daemon.
#pragma once

#include <string>

#include "config/config.h"
#include "daemon/console.h"

namespace tidemark {

struct RoutesRequest {
  std::string config_file;
  std::string cluster;
  std::string group;
  std::string status = "ERROR";
  std::string kind = "status";
  std::string topic;
};

// Returns the exit code: 1 if nobody would be told.
int routes_command(const RoutesRequest& request, const Surround& surround, const Console& console);

}  // namespace tidemark
