// Opens alerts.db for one answer, and leads from one page of its rows to the next.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "api/query.h"
#include "api/replies.h"
#include "api/view.h"
#include "storage/alert_file.h"

namespace tidemark {

Refusal no_alerts(const std::string& why);

// Null: it is open.
std::optional<Refusal> open_alerts(const View& view, AlertFile& file);

// "1700000000000-ID" of the last row that was seen: rows are in the order of an instant and an id.
std::string cursor_of(Instant at, const std::string& id);
// Null: there is none, or it is not one that an answer gave, which is refused.
std::optional<std::pair<Instant, std::string>> read_cursor(QueryReader& reader);

}  // namespace tidemark
