// From the configuration to what the alert desk works with.
#pragma once

#include <memory>
#include <string>

#include "config/config.h"
#include "daemon/alerts/alert_desk.h"

namespace tidemark {

// Those of [[route]]; where there is none, one that tells everything to every receiver.
RouteTable route_table(const Config& config);

// The labels that the policy of a group gives it.
Dispatcher::LabelsOf labels_of(const PolicyTable& policies);

// `folder` is the state folder.
std::unique_ptr<AlertDesk> make_alert_desk(const Config& config, const std::string& folder,
                                           std::function<AlertDesk::Reports()> reports,
                                           const Clock& clock);

}  // namespace tidemark
