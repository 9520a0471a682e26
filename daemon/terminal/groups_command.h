// `tidemark groups`: which groups are in trouble, and why.
#pragma once

#include <string>

#include "daemon/console.h"
#include "daemon/terminal/queries.h"
#include "daemon/terminal/reader.h"
#include "daemon/terminal/talk.h"

namespace tidemark::terminal {

struct GroupsRequest : Question {
  GroupsFilter filter;
  bool watch = false;
  bool check = false;  // exit code 1 unless all that is shown is healthy
};

// Returns the exit code.
int groups_command(const GroupsRequest& request, const Reader& reader, const Console& console);

}  // namespace tidemark::terminal
