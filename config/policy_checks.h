// What is wrong with policies as a whole: those that can match nothing, and values of one that
// contradict each other.
#pragma once

#include <vector>

#include "config/policy_table.h"
#include "config/value.h"

namespace tidemark {

// `tables` and `entries` go together.
void check_policies(const std::vector<ConfigValue>& tables, const std::vector<PolicyEntry>& entries,
                    const std::vector<ClusterConfig>& clusters);

}  // namespace tidemark
