// `tidemark check-config FILE`: every problem of a configuration at once, or that there is none.
#pragma once

#include <string>

#include "config/config.h"
#include "daemon/console.h"

namespace tidemark {

// For people: "FILE: ok: …" on `out`, problems one a line on `err`. For machines (`json`): one
// object on `out` either way. Returns the exit code.
int check_config_command(const std::string& file, bool json, const Surround& surround,
                         const Console& console);

}  // namespace tidemark
