#include "config/policy_checks.h"

#include <algorithm>

#include "core/duration.h"

namespace tidemark {
namespace {

// Where the key stands, or the table if it is not given.
ConfigValue place(const ConfigValue& table, const std::string& key) {
  const ConfigNode* node = table.node().find(key);
  return table.entry(key, node != nullptr ? *node : table.node());
}

// Null as long as some cluster has no name that can be used.
bool all_named(const std::vector<ClusterConfig>& clusters) {
  return !clusters.empty() && std::none_of(clusters.begin(), clusters.end(),
                                           [](const auto& c) { return c.name.empty(); });
}

void check_cluster(const ConfigValue& table, const PolicyEntry& entry,
                   const std::vector<ClusterConfig>& clusters) {
  if (!entry.cluster || !all_named(clusters)) return;
  std::string names;
  for (const ClusterConfig& cluster : clusters) {
    if (entry.cluster->matches(cluster.name)) return;
    names += (names.empty() ? "" : ", ") + cluster.name;
  }
  const ConfigValue value = place(table, "cluster");
  value.wrong(value.cite(entry.cluster->text()) + " matches none of the clusters (" + names +
              "); a pattern has to match the full name, letter case included");
}

void check_patience(const ConfigValue& table, const Policy& policy) {
  if (policy.patience_min <= policy.patience_max) return;
  const bool given = table.node().find("patience_max") != nullptr;
  place(table, given ? "patience_max" : "patience_min")
      .wrong("patience_min (" + write_duration(policy.patience_min) +
             ") is longer than patience_max (" + write_duration(policy.patience_max) + ")");
}

bool takes_everything(const ConfigValue& table) {
  return std::none_of(table.node().entries.begin(), table.node().entries.end(), [](const auto& e) {
    return e.key == "cluster" || e.key == "group" || e.key == "topic";
  });
}

}  // namespace

void check_policies(const std::vector<ConfigValue>& tables, const std::vector<PolicyEntry>& entries,
                    const std::vector<ClusterConfig>& clusters) {
  const ConfigValue* taker = nullptr;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (taker != nullptr) {
      tables[i].wrong("can never match: the first match wins, and " + taker->path() + " (line " +
                      std::to_string(taker->node().line) +
                      ") has no cluster, group or topic, so it takes all; put that one last");
    }
    check_cluster(tables[i], entries[i], clusters);
    check_patience(tables[i], entries[i].policy);
    if (taker == nullptr && takes_everything(tables[i])) taker = &tables[i];
  }
}

}  // namespace tidemark
