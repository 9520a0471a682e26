// Why a verdict is what it is, as a terminal shows it. Pure.
#pragma once

#include <string>

#include "daemon/terminal/answers.h"
#include "daemon/terminal/table.h"

namespace tidemark::terminal {

std::string explain_text(const ExplainAnswer& answer, const Look& look);

}  // namespace tidemark::terminal
