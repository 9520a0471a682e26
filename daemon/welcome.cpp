#include "daemon/welcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "evaluator/verdict.h"

namespace tidemark {
namespace {

constexpr std::string_view default_url = "http://127.0.0.1:8000";

bool settled(const ClusterReport& report) {
  const LinkState link = report.health.link.state;
  const bool reachable = link == LinkState::connected || link == LinkState::connecting;
  if (!reachable) return true;
  // The last partition's groups are judged in the tick after the catch-up.
  return report.health.caught_up && std::none_of(report.groups.begin(), report.groups.end(),
                                                 [](const auto& group) { return group->stale; });
}

std::string count_of(const ClusterReport& report) {
  std::array<int, 4> by_status{};
  for (const auto& group : report.groups) ++by_status.at(static_cast<std::size_t>(group->status));
  return fmt::format("{} groups: {} OK, {} WARNING, {} ERROR, {} UNKNOWN", report.groups.size(),
                     by_status[0], by_status[1], by_status[2], by_status[3]);
}

std::string line_for(const ClusterReport& report) {
  const std::string name = report.cluster.get();
  const LinkSeen& link = report.health.link;
  if (!link.problem.empty()) return fmt::format("  {:<12} {}\n", name, link.problem);
  return fmt::format("  {:<12} {}\n", name, count_of(report));
}

}  // namespace

bool first_verdicts_are_in(const Reports& reports) {
  return std::all_of(reports.begin(), reports.end(),
                     [](const auto& report) { return settled(*report); });
}

void say_welcome(std::ostream& out, const Reports& reports, const Whereabouts& where) {
  const auto command = [&](const std::string& words, std::string_view what) {
    const std::string url = where.url == default_url ? "" : " --url " + where.url;
    out << fmt::format("  {:<52}  {}\n", where.program + " " + words + url, what);
  };
  const auto address = [&](std::string_view path, std::string_view what) {
    out << fmt::format("  {:<52}  {}\n", where.url + std::string(path), what);
  };
  out << "\nTidemark is watching " << reports.size()
      << (reports.size() == 1 ? " cluster:\n" : " clusters:\n");
  for (const auto& report : reports) out << line_for(*report);
  out << "\nType next, in another terminal:\n";
  command("groups", "which groups are in trouble, and why");
  command("groups --watch", "the same, kept up to date");
  command("describe CLUSTER GROUP", "one group: members, partitions, reasons");
  out << "Open, or scrape:\n";
  address("/ui/", "the page: all of it, for people");
  address("/api/v1/groups", "the native API");
  address("/v3/kafka", "Burrow's API");
  address("/metrics", "for Prometheus");
  if (!where.mails.empty()) {
    out << "Alerts come as mails into a folder; open one with a mail program:\n  " << where.mails
        << "/\n";
  }
  out << "Configuration: " << where.config_origin << "\nCtrl-C ends it.\n\n" << std::flush;
}

}  // namespace tidemark
