#include "daemon/terminal/groups_command.h"

#include <algorithm>

#include "daemon/terminal/groups_view.h"
#include "daemon/terminal/watch_groups.h"
#include "evaluator/verdict.h"

namespace tidemark::terminal {
namespace {

Status check_statuses(std::string words) {
  while (!words.empty()) {
    const auto comma = std::min(words.find(','), words.size());
    const std::string word = words.substr(0, comma);
    words.erase(0, comma + 1);
    if (group_status_from(word)) continue;
    return Error{"--status: \"" + word + "\" is none of OK, WARNING, ERROR, UNKNOWN"};
  }
  return Done{};
}

Status check_sort(const std::string& sort) {
  const auto orders = group_orders();
  if (std::find(orders.begin(), orders.end(), sort) != orders.end()) return Done{};
  return Error{"--sort: \"" + sort +
               "\" is none of name, lag, time_lag, status, nor one of these "
               "with - in front"};
}

std::string none_found(const GroupsFilter& filter) {
  std::string out = "no group";
  if (!filter.cluster.empty()) out += " in " + filter.cluster;
  if (!filter.status.empty()) out += " with the status " + filter.status;
  return out;
}

void print(const GroupsAnswer& groups, const std::vector<ClusterAnswer>& clusters,
           const GroupsRequest& request, const Reader& reader, const Console& console) {
  const Look look = reader.look();
  console.out << groups_table(groups.groups, look);
  const auto notices = cluster_notices(clusters, look);
  if (reader.person || groups.groups.empty() || !notices.empty()) console.out << "\n";
  if (groups.groups.empty()) {
    console.out << none_found(request.filter) << "\n";
  } else if (reader.person) {
    console.out << groups_summary(groups.groups, look) << "\n";
  }
  for (const std::string& notice : notices) console.out << notice << "\n";
}

int print_once(RestClient& daemon, const GroupsRequest& request, const Reader& reader,
               const Talk& talk, const Console& console) {
  const auto body = all_groups_body(daemon, request.filter);
  if (!body) return talk.refuse(body.error().message);
  const auto groups = parse_groups(body.value());
  if (!groups) return talk.refuse(groups.error().message);
  const auto seen = clusters(daemon, request.filter.cluster);
  if (!seen) return talk.refuse(seen.error().message);
  if (request.json) {
    console.out << body.value() << "\n";
    for (const auto& notice : cluster_notices(seen.value(), {})) console.err << notice << "\n";
  } else {
    print(groups.value(), seen.value(), request, reader, console);
  }
  const int code = talk.end();
  const bool healthy = !request.check || all_healthy(groups.value().groups, seen.value());
  return healthy ? code : exit_not_so;
}

}  // namespace

int groups_command(const GroupsRequest& request, const Reader& reader, const Console& console) {
  const Talk talk("groups", request, console);
  const auto statuses = check_statuses(request.filter.status);
  if (!statuses) return talk.refuse(statuses.error().message, exit_usage);
  const auto sort = check_sort(request.filter.sort);
  if (!sort) return talk.refuse(sort.error().message, exit_usage);
  return talk.connect([&](RestClient& daemon) {
    const auto once = [&] { return print_once(daemon, request, reader, talk, console); };
    if (!request.watch) return once();
    if (reader.person && reader.can_redraw && !request.json) {
      return watch_groups(daemon, request.filter, console);
    }
    return print_again_and_again(once, request.json, console);
  });
}

}  // namespace tidemark::terminal
