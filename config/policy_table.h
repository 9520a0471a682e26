// Which policy judges a (cluster, group, topic): the first entry whose patterns match all three
// full names wins whole; what it does not set has the default. Immutable; any thread may ask.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/pattern.h"
#include "evaluator/policy.h"

namespace tidemark {

struct PolicyEntry {
  std::optional<Pattern> cluster;  // null: any
  std::optional<Pattern> group;
  std::optional<Pattern> topic;
  Policy policy;
  std::map<std::string, std::string> labels;  // of its groups, for routes and messages
};

class PolicyTable {
 public:
  PolicyTable() = default;
  explicit PolicyTable(std::vector<PolicyEntry> entries) : entries_(std::move(entries)) {}

  // The defaults when no entry matches. The reference lives as long as the table.
  [[nodiscard]] const Policy& find(std::string_view cluster, std::string_view group,
                                   std::string_view topic) const;

  // Those of the group's own policy.
  [[nodiscard]] std::map<std::string, std::string> labels(std::string_view cluster,
                                                          std::string_view group) const;

  [[nodiscard]] const std::vector<PolicyEntry>& entries() const { return entries_; }

 private:
  // Null: none matches.
  [[nodiscard]] const PolicyEntry* first(std::string_view cluster, std::string_view group,
                                         std::string_view topic) const;

  std::vector<PolicyEntry> entries_;
  Policy fallback_;
};

}  // namespace tidemark
