// The part of the command line that is about incidents and about what changes something.
#pragma once

#include <functional>

#include "daemon/console.h"
#include "daemon/terminal/change_commands.h"
#include "daemon/terminal/incidents_command.h"
#include "daemon/terminal/silence_command.h"

namespace CLI {
class App;
}

namespace tidemark {

struct ChangesAsked {
  terminal::IncidentsRequest incidents;
  terminal::SilenceRequest silence;
  terminal::AcknowledgeRequest acknowledge;
  terminal::ForgetRequest forget;
  terminal::ChangeRequest reload;
};

// Each sets `action` if it is what was asked for. All outlive the parsing.
void add_change_commands(CLI::App& app, ChangesAsked& asked, const Console& console,
                         std::function<int()>& action);

}  // namespace tidemark
