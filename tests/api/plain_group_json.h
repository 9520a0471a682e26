// One group as JSON, made plainly: a tree of the JSON library, dumped. What answers write straight
// into a text is compared with this.
#pragma once

#include <string>

#include "api/group_json.h"

namespace tidemark::test {

std::string plain_group_row_json(const ClusterReport& cluster, const GroupReport& group);
std::string plain_group_detail_json(const ClusterReport& cluster, const GroupReport& group,
                                    const AskedWindows& asked);

}  // namespace tidemark::test
