// The words of the answers for states that the evaluator's words do not cover. Closed sets: people
// script on them.
#pragma once

#include <string_view>

#include "evaluator/report.h"

namespace tidemark {

std::string_view word(LinkState state);  // "connected", "unreachable", …
std::string_view word(GroupKind kind);   // "none", "classic", "consumer", "share", "streams"

int metric_number(GroupStatus status);  // 0 OK, 1 WARNING, 2 ERROR, 3 UNKNOWN

// Whether nothing more can be expected of this cluster before the daemon calls itself ready: it is
// caught up, or known to be out of reach or refused, or it has no offsets topic yet.
bool is_settled(const ClusterReport& report);

// Of the catch-up at start, 0 to 1; null while its goal is not known.
std::optional<double> catch_up_ratio(const ClusterHealth& health);

}  // namespace tidemark
