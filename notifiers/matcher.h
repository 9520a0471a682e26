// Which incidents something is for: routes and silences are written with these. All that are given
// have to match, each the full text. Immutable; any thread may ask.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/pattern.h"
#include "notifiers/incident.h"

namespace tidemark {

// What of an incident can be matched.
struct AlertFacts {
  std::string cluster;
  std::string group;
  std::string topic;   // of the partition that decides; empty where none does
  std::string status;  // "ERROR"
  std::string kind;    // "status", "data_loss", …
  std::map<std::string, std::string> labels;
};
AlertFacts facts_of(const Incident& incident, std::map<std::string, std::string> labels);

struct Matchers {
  std::optional<Pattern> cluster;  // null: any
  std::optional<Pattern> group;
  std::optional<Pattern> topic;
  std::optional<Pattern> status;
  std::optional<Pattern> kind;
  std::map<std::string, Pattern> labels;  // a label that is not there is as one that is empty
  std::optional<Pattern> not_group;       // these groups not; null: any

  // What does not match, for people: `group "payments" is not "billing.*"`; empty: all does.
  [[nodiscard]] std::string mismatch(const AlertFacts& facts) const;
  [[nodiscard]] bool match(const AlertFacts& facts) const;
};

}  // namespace tidemark
