// What [[route]] and [alerts] say. Passive values; daemon/alerts makes routes of them.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/pattern.h"
#include "core/time.h"

namespace tidemark {

struct AlertsConfig {
  Duration hold = std::chrono::minutes{1};  // `for`
  Duration resolve_after = std::chrono::minutes{5};
  Duration first_day = std::chrono::hours{24};
  Duration max_age = std::chrono::hours{24 * 400};
};

// "Mon-Fri 22:00-06:00 Europe/Berlin"
struct QuietConfig {
  std::vector<int> days;  // 0: Monday; empty: every day
  std::chrono::minutes from{0};
  std::chrono::minutes to{0};
  std::string zone;
};

// "15m second-line, manager"
struct EscalationConfig {
  Duration after{0};
  std::vector<std::string> receivers;
};

struct RouteConfig {
  std::string name;                // empty: by its place in the file
  std::optional<Pattern> cluster;  // null: any
  std::optional<Pattern> group;
  std::optional<Pattern> topic;
  std::optional<Pattern> status;
  std::optional<Pattern> kind;
  std::map<std::string, Pattern> labels;
  std::optional<Pattern> not_group;
  std::vector<std::string> receivers;
  bool go_on = false;  // `continue`
  std::vector<std::string> group_by{"cluster"};
  Duration group_wait = std::chrono::seconds{30};
  Duration group_interval = std::chrono::minutes{5};
  Duration repeat_interval = std::chrono::hours{4};
  std::vector<QuietConfig> quiet;
  std::vector<EscalationConfig> escalate;
};

// Null: it is none.
std::optional<QuietConfig> parse_quiet(std::string_view text);
std::optional<EscalationConfig> parse_escalation(std::string_view text);

}  // namespace tidemark
