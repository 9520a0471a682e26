// What terminal commands ask the daemon for, page after page.
#pragma once

#include <string>
#include <vector>

#include "daemon/rest_client.h"
#include "daemon/terminal/answers.h"

namespace tidemark::terminal {

struct GroupsFilter {
  std::string cluster;  // empty: all
  std::string status;   // "ERROR,WARNING"; empty: any
  std::string sort = "-status";
};

// What `sort` may be.
std::vector<std::string> group_orders();

// All pages as one body of the same shape: every row in `data`, no `next_cursor`.
Result<std::string> all_groups_body(RestClient& daemon, const GroupsFilter& filter);
// The first rows only, `limit` from 1 to 1000.
Result<GroupsAnswer> first_groups(RestClient& daemon, const GroupsFilter& filter, int limit);

// `windows`: with the commit samples of each partition.
Result<std::string> group_body(RestClient& daemon, const std::string& cluster,
                               const std::string& group, bool windows);

// One cluster, or all if the name is empty.
Result<std::vector<ClusterAnswer>> clusters(RestClient& daemon, const std::string& cluster);

}  // namespace tidemark::terminal
