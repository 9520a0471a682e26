#include "daemon/routes_command.h"

#include <fmt/format.h>

#include "core/duration.h"
#include "daemon/alerts/alert_wiring.h"

namespace tidemark {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out.empty() ? "nobody" : out;
}

std::string timing(const AlertRoute& route) {
  std::string out = fmt::format(
      "  told together: by {}\n  first after {}, further ones every {}, repeated every {}\n",
      route.group_by.empty() ? "nothing: all in one" : joined(route.group_by),
      write_duration(route.group_wait), write_duration(route.group_interval),
      write_duration(route.repeat_interval));
  for (const QuietHours& quiet : route.quiet) {
    out += fmt::format("  held in quiet hours: {:02}:{:02} to {:02}:{:02} {}\n",
                       quiet.from.count() / 60, quiet.from.count() % 60, quiet.to.count() / 60,
                       quiet.to.count() % 60, quiet.zone.name());
  }
  for (const Escalation& step : route.escalate) {
    out += fmt::format("  not acknowledged after {}: also {}\n", write_duration(step.after),
                       joined(step.receivers));
  }
  return out;
}

std::string labels_text(const AlertFacts& facts) {
  std::string out;
  for (const auto& [name, value] : facts.labels) out += " " + name + "=\"" + value + "\"";
  return out.empty() ? " none" : out;
}

Status check(const RoutesRequest& request) {
  if (!group_status_from(request.status)) {
    return Error{"\"" + request.status + "\" is none of OK, WARNING, ERROR, UNKNOWN"};
  }
  if (!incident_kind_from(request.kind)) {
    return Error{"--kind: \"" + request.kind +
                 "\" is none of status, data_loss, retention_risk, blocked_by_transaction, "
                 "monitor_blind, cluster_unreachable"};
  }
  return Done{};
}

int show(const RouteTable& table, const AlertFacts& facts, const Console& console) {
  bool told = false;
  console.out << "labels:" << labels_text(facts) << "\n";
  for (const RouteTried& tried : table.explain(facts)) {
    const AlertRoute& route = table.routes()[tried.route];
    if (!tried.mismatch.empty()) {
      console.out << route.name << ": no: " << tried.mismatch << "\n";
      continue;
    }
    console.out << route.name << ": yes: tells " << joined(route.receivers) << "\n"
                << timing(route) << (route.go_on ? "  and later routes are tried, too\n" : "");
    told = told || !route.receivers.empty();
  }
  if (!told) console.out << "nobody is told\n";
  return told ? exit_fine : exit_not_so;
}

}  // namespace

int routes_command(const RoutesRequest& request, const Surround& surround, const Console& console) {
  const auto fail = [&](const std::string& message) {
    console.err << "tidemark routes: " << message << "\n";
    return exit_usage;
  };
  if (const auto fine = check(request); !fine) return fail(fine.error().message);
  const Loaded loaded = load_config(request.config_file, surround);
  for (const Problem& problem : loaded.problems) console.err << problem.text() << "\n";
  if (!loaded.config) return exit_usage;
  const IncidentKey key{ClusterName{request.cluster}, GroupName{request.group},
                        *incident_kind_from(request.kind)};
  AlertFacts facts{request.cluster, request.group,
                   request.topic,   std::string{to_string(*group_status_from(request.status))},
                   request.kind,    labels_of(loaded.config->policies)(key)};
  return show(route_table(*loaded.config), facts, console);
}

}  // namespace tidemark
