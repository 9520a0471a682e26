// What `GET /api/v1/receivers` and the deliveries of one answer, as tables. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "daemon/terminal/table.h"

namespace tidemark::terminal {

// The error is that of a body of another shape.
Result<std::string> receivers_text(std::string_view body, const Look& look);
Result<std::string> deliveries_text(std::string_view body, const Look& look);

}  // namespace tidemark::terminal
