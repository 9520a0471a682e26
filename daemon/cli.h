// The command line: subcommands, their options, and what is said of a mistake in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/console.h"

namespace tidemark {

// `arguments` without the program's name. Returns the exit code.
int run_cli(const std::vector<std::string>& arguments, const Console& console,
            std::string_view version);

}  // namespace tidemark
