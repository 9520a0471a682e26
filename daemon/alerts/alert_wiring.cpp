#include "daemon/alerts/alert_wiring.h"

#include <utility>

#include "notifiers/receivers.h"

namespace tidemark {
namespace {

QuietHours quiet_of(const QuietConfig& config) {
  auto zone = TimeZone::load(config.zone);
  if (!zone) zone = TimeZone::load("UTC");  // the loader has refused such a name
  return {config.days, config.from, config.to, std::move(zone.value())};
}

AlertRoute route_of(const RouteConfig& config, std::size_t at) {
  AlertRoute out;
  out.name = config.name.empty() ? "route " + std::to_string(at + 1) : config.name;
  out.match = {config.cluster, config.group,  config.topic,    config.status,
               config.kind,    config.labels, config.not_group};
  out.receivers = config.receivers;
  out.go_on = config.go_on;
  out.group_by = config.group_by;
  out.group_wait = config.group_wait;
  out.group_interval = config.group_interval;
  out.repeat_interval = config.repeat_interval;
  for (const QuietConfig& quiet : config.quiet) out.quiet.push_back(quiet_of(quiet));
  for (const EscalationConfig& step : config.escalate) {
    out.escalate.push_back({step.after, step.receivers});
  }
  return out;
}

}  // namespace

RouteTable route_table(const Config& config) {
  std::vector<AlertRoute> out;
  for (std::size_t i = 0; i < config.routes.size(); ++i) {
    out.push_back(route_of(config.routes[i], i));
  }
  if (config.routes.empty() && !config.receivers.empty()) {
    AlertRoute all;
    all.name = "default";
    for (const ReceiverSettings& receiver : config.receivers) {
      all.receivers.push_back(receiver.name);
    }
    out.push_back(std::move(all));
  }
  return RouteTable(std::move(out));
}

Dispatcher::LabelsOf labels_of(const PolicyTable& policies) {
  return [policies](const IncidentKey& key) {
    return policies.labels(key.cluster.get(), key.group.get());
  };
}

std::unique_ptr<AlertDesk> make_alert_desk(const Config& config, const std::string& folder,
                                           std::function<AlertDesk::Reports()> reports,
                                           const Clock& clock) {
  AlertSettings settings;
  settings.path = folder + "/alerts.db";
  if (config.storage.history) settings.history = folder + "/history.db";
  settings.book = {config.alerts.hold, config.alerts.resolve_after};
  settings.routes = route_table(config);
  settings.first_day = config.alerts.first_day;
  settings.max_age = config.alerts.max_age;
  for (const ClusterConfig& cluster : config.clusters) settings.clusters.push_back(cluster.name);
  AlertDesk::Receivers receivers;
  for (const ReceiverSettings& receiver : config.receivers) {
    receivers[receiver.name] = make_notifier(receiver);
    settings.timeouts[receiver.name] = receiver.transport.timeout;
  }
  return std::make_unique<AlertDesk>(std::move(settings), std::move(receivers), std::move(reports),
                                     labels_of(config.policies), clock);
}

}  // namespace tidemark
