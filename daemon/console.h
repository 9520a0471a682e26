// Where a command reads and writes: the process's own streams, or a test's.
#pragma once

#include <istream>
#include <ostream>

namespace tidemark {

struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

// Exit codes of every command.
constexpr int exit_fine = 0;
constexpr int exit_not_so = 1;  // not found, not reachable, not healthy
constexpr int exit_usage = 2;   // usage or configuration

}  // namespace tidemark
