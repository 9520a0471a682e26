// The commands about alerts and about taking over from Burrow, as cli.cpp registers them.
#pragma once

#include <functional>

#include "daemon/console.h"
#include "daemon/terminal/reader.h"

namespace CLI {
class App;
}

namespace tidemark {

// Once the command line is understood, `action` is what it asked for. `console` outlives it;
// `reader` says who reads what is printed.
void add_alert_commands(CLI::App& app, const Console& console,
                        std::function<terminal::Reader()> reader, std::function<int()>& action);

}  // namespace tidemark
