#include "api/burrow_lookup.h"

#include <algorithm>

#include "api/lookup.h"
#include "api/target.h"

namespace tidemark {
namespace {

bool same_any_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c + 0; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::shared_ptr<const ClusterReport> cluster_named(const View& view, std::string_view name) {
  if (auto exact = find_cluster(view, name)) return exact;
  for (auto& report : view.reports()) {
    if (same_any_case(report->cluster.get(), name)) return report;
  }
  return nullptr;
}

// What `find` finds under the name, or else under the name decoded once more.
template <class Find>
auto find_twice(const std::string& name, const Find& find) -> decltype(find(name)) {
  auto found = find(name);
  if (found || name.find('%') == std::string::npos) return found;
  const auto decoded = percent_decode(name);
  return decoded ? find(*decoded) : found;
}

}  // namespace

std::shared_ptr<const ClusterReport> burrow_find_cluster(const View& view,
                                                         const std::string& name) {
  return find_twice(name, [&](const std::string& text) { return cluster_named(view, text); });
}

const GroupReport* burrow_find_group(const ClusterReport& cluster, const std::string& name) {
  return find_twice(name, [&](const std::string& text) { return cluster.find_group(text); });
}

const TopicReport* burrow_find_topic(const ClusterReport& cluster, const std::string& name) {
  return find_twice(name, [&](const std::string& text) { return cluster.find_topic(text); });
}

}  // namespace tidemark
