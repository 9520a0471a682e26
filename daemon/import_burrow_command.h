// `tidemark import-burrow FILE`: the configuration of LinkedIn's Burrow as one of Tidemark.
#pragma once

#include <string>

#include "daemon/console.h"

namespace tidemark {

// The configuration on `out`, what it does not say and what is left to do on `err`. Returns the
// exit code.
int import_burrow_command(const std::string& file, const Console& console);

}  // namespace tidemark
