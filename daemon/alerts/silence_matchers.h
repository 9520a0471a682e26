// From a silence as it is kept to what it matches. Pure.
#pragma once

#include <optional>

#include "notifiers/matcher.h"
#include "storage/alert_rows.h"

namespace tidemark {

// Null: a pattern can't be read. It was checked when it was asked for, but another version may have
// other patterns.
std::optional<Matchers> matchers_of(const SilenceRow& row);

}  // namespace tidemark
