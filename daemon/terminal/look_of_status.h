// Which sign and colour a status has, the same everywhere.
#pragma once

#include <string>
#include <string_view>

#include "daemon/terminal/answers.h"
#include "daemon/terminal/table.h"

namespace tidemark::terminal {

// "✗ ERROR", or "ERROR" without shapes; " (stale)" behind if the verdict is an old one.
Cell status_cell(std::string_view status, bool stale, const Look& look);

// Of a group; " (learning)" behind if its verdict rests on too little to wake anybody.
Cell status_cell(const GroupAnswer& group, const Look& look);

}  // namespace tidemark::terminal
