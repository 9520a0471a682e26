// Histories as JSON (a list for each column, so that charts take them as they are) and as CSV.
#pragma once

#include <string>
#include <vector>

#include "api/history_steps.h"

namespace tidemark {

struct HistoryAnswer {
  std::string cluster;
  std::string group;
  std::optional<std::string> topic;  // with it: of one partition
  std::int32_t partition = 0;
  std::string_view source;  // "samples", "totals_5m", "totals_1h"
  bool damaged = false;
  bool with_offsets = true;
  HistoryGrid grid;
  std::vector<HistoryStep> steps;
  std::vector<PartitionSteps> partitions;
};

std::string history_json(const HistoryAnswer& answer);
// A line of names, then a line for each step; a field that is not known is empty.
std::string history_csv(const HistoryAnswer& answer);

}  // namespace tidemark
