// Burrow's answers about one group, made plainly: a tree of the JSON library, dumped. What the
// answers write straight into a text is compared with this.
#pragma once

#include <string>
#include <vector>

#include "evaluator/report.h"

namespace tidemark::test {

std::string plain_burrow_status(const ClusterReport& cluster, const GroupReport& group,
                                const PartitionWindows& windows, bool all);
std::string plain_burrow_topics(const ClusterReport& cluster, const GroupReport& group,
                                const PartitionWindows& windows);

}  // namespace tidemark::test
