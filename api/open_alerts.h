// Opens alerts.db for one answer.
#pragma once

#include <optional>
#include <string>

#include "api/replies.h"
#include "api/view.h"
#include "storage/alert_file.h"

namespace tidemark {

Refusal no_alerts(const std::string& why);

// Null: it is open.
std::optional<Refusal> open_alerts(const View& view, AlertFile& file);

}  // namespace tidemark
