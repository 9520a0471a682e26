// What terminal commands ask the daemon for, page after page.
#pragma once

#include <cstdint>
#include <optional>
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

// The topics of one cluster, or of all if the name is empty, as one body of that shape.
Result<std::string> all_topics_body(RestClient& daemon, const std::string& cluster, bool unread);

// The incidents of one cluster or of all, in this state or in any, as one body of that shape.
Result<std::string> all_incidents_body(RestClient& daemon, const std::string& cluster,
                                       const std::string& state);
// Silences in this state, or in any.
Result<std::string> all_silences_body(RestClient& daemon, const std::string& state);

// Why the verdict is what it is: of one partition, or (`topic` null) of the one that decides.
Result<std::string> explain_body(RestClient& daemon, const std::string& cluster,
                                 const std::string& group, const std::optional<std::string>& topic,
                                 std::int64_t partition);

// `windows`: with the commit samples of each partition.
Result<std::string> group_body(RestClient& daemon, const std::string& cluster,
                               const std::string& group, bool windows);

// One cluster, or all if the name is empty.
Result<std::vector<ClusterAnswer>> clusters(RestClient& daemon, const std::string& cluster);

}  // namespace tidemark::terminal
