// How a move is judged: its busy gap, its lateness, and what they make of patience and run.
// Internal to the evaluator.
#pragma once

#include <cstdint>
#include <optional>

#include "core/ids.h"
#include "evaluator/log_end_history.h"
#include "evaluator/partition_history.h"
#include "evaluator/policy.h"

namespace tidemark {

// The newest offset at which no more than `allowed_lag` waits behind `position`.
Offset tolerated(Offset position, const Policy& policy);

// Judges pending moves, in order, whose first refresh at or after them is in `log_ends`. The rest
// stays, except moves whose judgement no later refresh can change.
void judge_pending(PartitionHistory& history, const LogEndHistory& log_ends, const Policy& policy);

}  // namespace tidemark
