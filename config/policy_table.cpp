#include "config/policy_table.h"

namespace tidemark {
namespace {

bool fits(const std::optional<Pattern>& pattern, std::string_view name) {
  return !pattern || pattern->matches(name);
}

}  // namespace

const Policy& PolicyTable::find(std::string_view cluster, std::string_view group,
                                std::string_view topic) const {
  const PolicyEntry* entry = first(cluster, group, topic);
  return entry != nullptr ? entry->policy : fallback_;
}

std::map<std::string, std::string> PolicyTable::labels(std::string_view cluster,
                                                       std::string_view group) const {
  const PolicyEntry* entry = first(cluster, group, "");
  return entry != nullptr ? entry->labels : std::map<std::string, std::string>{};
}

const PolicyEntry* PolicyTable::first(std::string_view cluster, std::string_view group,
                                      std::string_view topic) const {
  for (const PolicyEntry& entry : entries_) {
    if (fits(entry.cluster, cluster) && fits(entry.group, group) && fits(entry.topic, topic)) {
      return &entry;
    }
  }
  return nullptr;
}

}  // namespace tidemark
