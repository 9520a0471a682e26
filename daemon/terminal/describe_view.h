// One group with everything about it, as a terminal shows it. Pure.
#pragma once

#include <string>
#include <vector>

#include "daemon/terminal/answers.h"
#include "daemon/terminal/table.h"

namespace tidemark::terminal {

std::string describe_text(const GroupDetailAnswer& detail, const Look& look);

// "0-3,7": runs of neighbours together.
std::string ranges(std::vector<std::int64_t> partitions);

}  // namespace tidemark::terminal
