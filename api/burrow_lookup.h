// Finds what Burrow's clients ask for: clusters in any letter case, and names that a client escaped
// once too often.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "api/view.h"

namespace tidemark {

std::shared_ptr<const ClusterReport> burrow_find_cluster(const View& view, const std::string& name);
const GroupReport* burrow_find_group(const ClusterReport& cluster, const std::string& name);
const TopicReport* burrow_find_topic(const ClusterReport& cluster, const std::string& name);

}  // namespace tidemark
