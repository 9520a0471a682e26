// Which sign and colour a status has, the same everywhere.
#pragma once

#include <string>
#include <string_view>

#include "daemon/terminal/table.h"

namespace tidemark::terminal {

// "✗ ERROR", or "ERROR" without shapes; " (stale)" behind if the verdict is an old one.
Cell status_cell(std::string_view status, bool stale, const Look& look);

}  // namespace tidemark::terminal
