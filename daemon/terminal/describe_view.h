// One group with everything about it, as a terminal shows it. Pure.
#pragma once

#include <string>

#include "daemon/terminal/answers.h"
#include "daemon/terminal/table.h"

namespace tidemark::terminal {

std::string describe_text(const GroupDetailAnswer& detail, const Look& look);

}  // namespace tidemark::terminal
