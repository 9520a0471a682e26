#include "daemon/terminal/groups_view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "daemon/terminal/look_of_status.h"
#include "daemon/terminal/numbers.h"
#include "daemon/terminal/text.h"

namespace tidemark::terminal {
namespace {

using Counts = std::map<std::string, std::int64_t>;
constexpr std::array<std::string_view, 4> worst_first{"ERROR", "WARNING", "UNKNOWN", "OK"};

// The empty name is a name too.
std::string shown(const std::string& name) { return name.empty() ? "\"\"" : name; }

std::string summary(const Counts& counts, const Look& look) {
  std::int64_t all = 0;
  std::string parts;
  for (const std::string_view status : worst_first) {
    const auto found = counts.find(std::string{status});
    if (found == counts.end() || found->second == 0) continue;
    all += found->second;
    const Tone tone = status_cell(status, false, look).tone;
    parts += (parts.empty() ? ": " : ", ") +
             toned(grouped(found->second) + " " + std::string{status}, tone, look);
  }
  return grouped(all) + (all == 1 ? " group" : " groups") + parts;
}

bool is_seen(const ClusterAnswer& cluster) {
  const bool quiet = cluster.state == "waiting_for_topic";  // nobody has committed anything there
  return quiet ||
         (cluster.state == "connected" && cluster.caught_up && cluster.stale_partitions == 0);
}

std::string spaced(std::string words) {
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string catching_up(const ClusterAnswer& cluster) {
  std::string out = "is catching up";
  if (cluster.catch_up_percent) {
    out += ", " + std::to_string(std::llround(std::floor(*cluster.catch_up_percent))) +
           " % of the offsets topic read";
  }
  return out + "; its verdicts are not complete yet";
}

std::string held_text(const ClusterAnswer& cluster) {
  if (cluster.held_partitions == 0) return "";
  return " (" + grouped(static_cast<std::int64_t>(cluster.held_partitions)) +
         " held back by an open transaction)";
}

// What keeps us from seeing the cluster; empty if nothing does.
std::string trouble_of(const ClusterAnswer& cluster) {
  if (cluster.state == "connected" && !cluster.caught_up) return catching_up(cluster);
  if (cluster.state == "connected" && cluster.stale_partitions > 0) {
    return grouped(static_cast<std::int64_t>(cluster.stale_partitions)) +
           " partitions of its offsets topic can't be read now" + held_text(cluster) +
           "; their groups are stale";
  }
  if (cluster.state == "connected") return cluster.problem;
  return spaced(cluster.state) + (cluster.problem.empty() ? "" : ": " + cluster.problem);
}

}  // namespace

std::string groups_table(const std::vector<GroupAnswer>& groups, const Look& look) {
  Table table{{{"CLUSTER", false, 8},
               {"GROUP", false, 16},
               {"STATUS"},
               {"LAG", true},
               {"TIME LAG", true},
               {"MEMBERS", true},
               {"REASON", false, 12}},
              {}};
  for (const GroupAnswer& group : groups) {
    table.rows.push_back({{shown(group.cluster)},
                          {shown(group.group), Tone::strong},
                          status_cell(group, look),
                          {grouped(group.lag)},
                          {span(group.time_lag)},
                          {grouped(group.member_count)},
                          {group.explanation}});
  }
  return render(table, look);
}

std::vector<std::string> cluster_notices(const std::vector<ClusterAnswer>& clusters,
                                         const Look& look) {
  std::vector<std::string> out;
  for (const ClusterAnswer& cluster : clusters) {
    const std::string trouble = trouble_of(cluster);
    if (trouble.empty()) continue;
    const Tone tone = cluster.state == "connected" || is_seen(cluster) ? Tone::warning : Tone::bad;
    std::string line =
        (look.shapes ? "! " : "") + printable(cluster.cluster) + ": " + printable(trouble);
    if (look.no_wrapping && look.width) line = cut(line, *look.width);
    out.push_back(toned(line, tone, look));
  }
  return out;
}

std::string groups_summary(const std::vector<GroupAnswer>& groups, const Look& look) {
  Counts counts;
  for (const GroupAnswer& group : groups) ++counts[group.status];
  return summary(counts, look);
}

std::string groups_summary(const std::vector<ClusterAnswer>& clusters, const Look& look) {
  Counts counts;
  for (const ClusterAnswer& cluster : clusters) {
    for (const auto& [status, count] : cluster.groups) counts[status] += count;
  }
  return summary(counts, look);
}

bool all_healthy(const std::vector<GroupAnswer>& groups,
                 const std::vector<ClusterAnswer>& clusters) {
  return std::all_of(groups.begin(), groups.end(),
                     [](const auto& group) { return group.status == "OK" && !group.stale; }) &&
         std::all_of(clusters.begin(), clusters.end(), is_seen);
}

}  // namespace tidemark::terminal
