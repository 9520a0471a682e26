#include "notifiers/alert_route.h"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

constexpr int days_a_week = 7;

std::string fact(const AlertFacts& facts, const std::string& name) {
  if (name == "cluster") return facts.cluster;
  if (name == "group") return facts.group;
  if (name == "topic") return facts.topic;
  if (name == "kind") return facts.kind;
  if (name == "status") return facts.status;
  const auto found = facts.labels.find(name);
  return found != facts.labels.end() ? found->second : "";
}

}  // namespace

bool QuietHours::contains(Instant at) const {
  const WallTime wall = zone.at(at);
  const auto begins_on = [&](int day) {
    return days.empty() || std::find(days.begin(), days.end(), day) != days.end();
  };
  const bool over_midnight = to <= from;
  if (!over_midnight) return begins_on(wall.weekday) && wall.of_day >= from && wall.of_day < to;
  if (wall.of_day >= from) return begins_on(wall.weekday);
  return wall.of_day < to && begins_on((wall.weekday + days_a_week - 1) % days_a_week);
}

bool AlertRoute::is_quiet(Instant at) const {
  return std::any_of(quiet.begin(), quiet.end(),
                     [&](const QuietHours& hours) { return hours.contains(at); });
}

std::string AlertRoute::bundle_of(const AlertFacts& facts) const {
  std::string out;
  for (const std::string& what : group_by) {
    const std::string value = fact(facts, what);
    out += fmt::format("{}:{}", value.size(), value);  // no value looks like two
  }
  return out;
}

std::vector<RouteTried> RouteTable::explain(const AlertFacts& facts) const {
  std::vector<RouteTried> out;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    out.push_back({i, routes_[i].match.mismatch(facts)});
    if (out.back().mismatch.empty() && !routes_[i].go_on) break;
  }
  return out;
}

std::vector<std::size_t> RouteTable::takers(const AlertFacts& facts) const {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!routes_[i].match.match(facts)) continue;
    out.push_back(i);
    if (!routes_[i].go_on) break;
  }
  return out;
}

}  // namespace tidemark
