// The list of groups as a terminal shows it. Pure.
#pragma once

#include <string>
#include <vector>

#include "daemon/terminal/answers.h"
#include "daemon/terminal/table.h"

namespace tidemark::terminal {

// One table, with a line for its titles.
std::string groups_table(const std::vector<GroupAnswer>& groups, const Look& look);

// One line for each cluster that can't be seen well, and what it means; none if all is fine.
std::vector<std::string> cluster_notices(const std::vector<ClusterAnswer>& clusters,
                                         const Look& look);

// "42 groups: 2 ERROR, 1 WARNING, 39 OK"
std::string groups_summary(const std::vector<GroupAnswer>& groups, const Look& look);
// The same of whole clusters, from their own counts.
std::string groups_summary(const std::vector<ClusterAnswer>& clusters, const Look& look);

// Every group is OK by a fresh verdict, and every cluster is seen.
bool all_healthy(const std::vector<GroupAnswer>& groups,
                 const std::vector<ClusterAnswer>& clusters);

}  // namespace tidemark::terminal
