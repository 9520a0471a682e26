// How a group wants to be judged: passive values, resolved before they get here. The names are
// those of design, TOML, REST and explanations. Defaults are part of the product: change none
// lightly.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/time.h"

namespace tidemark {

enum class RuleSet : std::uint8_t { tidemark, burrow };

std::string_view to_string(RuleSet rules);

// How finely something is shown in /metrics, each with all that is coarser.
enum class Granularity : std::uint8_t {
  by_default,  // as [metrics] granularity says
  none,
  group,
  topic,
  partition,
};

// What is remembered of a group's past, each with all that is coarser.
enum class HistoryDetail : std::uint8_t {
  none,
  totals,      // the group as a whole
  lagging,     // and its partitions with lag, or that are not OK
  partitions,  // and all of its partitions
};

struct Policy {
  RuleSet rules = RuleSet::tidemark;
  bool ignore = false;  // the group (or this topic of it) is left out of everything

  int intervals = 10;                           // commit samples in the window, 2 to 255
  Duration window = std::chrono::minutes{5};    // a slot is window / intervals
  Duration refresh = std::chrono::seconds{10};  // between log-end refreshes; set per cluster
  std::int64_t allowed_lag = 0;                 // records that may wait at any time
  Duration allowed_time_lag = std::chrono::seconds{60};
  Duration patience_min = std::chrono::minutes{5};
  Duration patience_max = std::chrono::hours{30};
  Duration patience_unknown = std::chrono::minutes{10};
  Duration remember = std::chrono::hours{72};
  Duration blocked_after = std::chrono::minutes{15};
  Duration abandoned_after = std::chrono::hours{24};
  Duration max_time_lag{0};  // the team's promise; 0: none
  Duration retention_risk_within = std::chrono::hours{6};
  bool probe = true;           // read one record before accusing
  bool report_unread = false;  // of topics (group is empty): tell when nobody reads what is written
  Granularity metrics = Granularity::by_default;
  HistoryDetail history = HistoryDetail::partitions;

  // burrow only
  double minimum_complete = 0.0;
  Duration min_distance{0};
  Duration expire_group = std::chrono::hours{168};

  [[nodiscard]] Duration slot() const { return window / intervals; }
};

}  // namespace tidemark
