// The command that takes over from Burrow, as cli.cpp registers it.
#pragma once

#include <functional>

#include "daemon/console.h"

namespace CLI {
class App;
}

namespace tidemark {

// Once the command line is understood, `action` is what it asked for. `console` outlives it.
void add_alert_commands(CLI::App& app, const Console& console, std::function<int()>& action);

}  // namespace tidemark
