// One group as JSON text: its row in lists, and everything about it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluator/report.h"

namespace tidemark {

std::string group_row_json(const ClusterReport& cluster, const GroupReport& group);

// What was asked of the pipeline beside the report.
struct AskedWindows {
  bool asked = false;  // else the answer says nothing of windows
  std::vector<PartitionWindow> windows;
  std::string problem;  // why they could not be had; empty: here they are
};

std::string group_detail_json(const ClusterReport& cluster, const GroupReport& group,
                              const AskedWindows& asked);

}  // namespace tidemark
