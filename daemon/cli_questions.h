// The part of the command line that asks the daemon and changes nothing.
#pragma once

#include "daemon/command_line.h"

namespace tidemark {

void add_questions(const CommandLine& line);

}  // namespace tidemark
