// Who is told of what, when, and with what else in one message: what [[route]] says, and the
// decision for one incident with its reasons. Immutable; any thread may ask.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "core/time.h"
#include "notifiers/matcher.h"
#include "notifiers/time_zone.h"

namespace tidemark {

// A span of the day in which nobody is told anything; what came up meanwhile is told in one message
// at its end. `to` before `from` goes over midnight, and belongs to the day that it begins on.
struct QuietHours {
  std::vector<int> days;  // 0: Monday; empty: every day
  std::chrono::minutes from{0};
  std::chrono::minutes to{0};
  TimeZone zone;

  [[nodiscard]] bool contains(Instant at) const;
};

// Whoever else is told of what nobody has acknowledged for so long.
struct Escalation {
  Duration after{0};
  std::vector<std::string> receivers;
};

struct AlertRoute {
  std::string name;  // each has one of its own
  Matchers match;
  std::vector<std::string> receivers;  // none: what it takes is told to nobody
  bool go_on = false;                  // `continue`: later routes are tried, too
  // What incidents of one message have in common: "cluster", "group", "topic", "kind", "status", or
  // the name of a label.
  std::vector<std::string> group_by{"cluster"};
  Duration group_wait = std::chrono::seconds{30};
  Duration group_interval = std::chrono::minutes{5};
  Duration repeat_interval = std::chrono::hours{4};
  std::vector<QuietHours> quiet;
  std::vector<Escalation> escalate;  // ascending

  [[nodiscard]] bool is_quiet(Instant at) const;
  // Incidents with the same text are told together.
  [[nodiscard]] std::string bundle_of(const AlertFacts& facts) const;
};

// One route that was looked at.
struct RouteTried {
  std::size_t route = 0;
  std::string mismatch;  // empty: it takes the incident
};

class RouteTable {
 public:
  RouteTable() = default;
  explicit RouteTable(std::vector<AlertRoute> routes) : routes_(std::move(routes)) {}

  [[nodiscard]] const std::vector<AlertRoute>& routes() const { return routes_; }
  // In order, up to the first that takes it and does not go on.
  [[nodiscard]] std::vector<RouteTried> explain(const AlertFacts& facts) const;
  // Those that take it.
  [[nodiscard]] std::vector<std::size_t> takers(const AlertFacts& facts) const;

 private:
  std::vector<AlertRoute> routes_;
};

}  // namespace tidemark
