// The part of the command line that is about incidents and about what changes something.
#pragma once

#include "daemon/command_line.h"
#include "daemon/terminal/change_commands.h"
#include "daemon/terminal/incidents_command.h"
#include "daemon/terminal/silence_command.h"

namespace tidemark {

struct ChangesAsked {
  terminal::IncidentsRequest incidents;
  terminal::SilenceRequest silence;
  terminal::AcknowledgeRequest acknowledge;
  terminal::ForgetRequest forget;
  terminal::ChangeRequest reload;
};

// `asked` outlives what was asked for.
void add_change_commands(const CommandLine& line, ChangesAsked& asked);

}  // namespace tidemark
