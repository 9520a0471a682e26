// From what the dispatcher decided to the message that a channel sends: what the newest reports
// know of each group is added to its incidents. Pure.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "evaluator/report.h"
#include "notifiers/bundle.h"
#include "notifiers/message.h"

namespace tidemark {

struct TellingContext {
  std::string page;  // "http://host:8000"
  const std::vector<std::shared_ptr<const ClusterReport>>& reports;
  std::function<std::map<std::string, std::string>(const IncidentKey&)> labels;
  // The lag before `until` of what is told alone; null: none is shown.
  std::function<std::vector<LagPoint>(const IncidentKey&, Instant since, Instant until)> series =
      nullptr;
};

constexpr std::size_t shown_to_people = 20;  // incidents of one message

// `whole`: with all of its incidents; else with the first few.
Message message_of(const Telling& telling, const TellingContext& context, bool whole);

}  // namespace tidemark
