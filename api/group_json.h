// One group as JSON text: its row in lists, and everything about it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/json_writer.h"
#include "evaluator/report.h"

namespace tidemark {

// The fields of its row in lists, into an object that the caller has begun.
void write_group_fields(JsonWriter& out, const ClusterReport& cluster, const GroupReport& group);

// What was asked of the pipeline beside the report.
struct AskedWindows {
  bool asked = false;  // else the answer says nothing of windows
  PartitionWindows windows;
  std::string problem;  // why they could not be had; empty: here they are
};

std::string group_detail_json(const ClusterReport& cluster, const GroupReport& group,
                              const AskedWindows& asked);

// How the group's verdict came about: rolled up from its partitions, and the rules as they were
// tried on some of them.
struct Explanation {
  const ClusterReport* cluster = nullptr;
  const GroupReport* group = nullptr;
  struct Tried {
    Decider of;
    const PartitionWindow* window = nullptr;  // null: could not be had
  };
  std::vector<Tried> tried;
  std::string problem;  // why the rules could not be tried; empty: they were
};
std::string explanation_json(const Explanation& explanation);

}  // namespace tidemark
