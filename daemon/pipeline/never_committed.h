// The sentence of a group that has live members and has never committed: who is there, what is
// assigned and how much waits there. Pure; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "evaluator/report.h"

namespace tidemark {

// Records that are there to be read in a partition (log end − log start); null: not known.
using Readable =
    std::function<std::optional<std::int64_t>(const std::string& topic, std::int32_t partition)>;

std::string explain_never_committed(const GroupReport& group, const Readable& readable);

}  // namespace tidemark
