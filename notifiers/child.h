// A program that is run to its end, without a shell: input given, output taken, and a hard end for
// it and all that it has started.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/time.h"

namespace tidemark {

struct ChildRun {
  std::vector<std::string> command;      // found by PATH; not empty
  std::vector<std::string> environment;  // "NAME=value": all that it has
  std::string input;
  Duration limit;  // then its process group is killed
};

struct ChildEnd {
  std::optional<int> code;  // null: it did not end by itself, or did not begin
  std::string how;          // "exit code 3", "killed after 10 s", "no such file or directory"
  std::string output;       // the beginning of standard output and error
};

// Waits for it; a stop request kills it as the limit does.
ChildEnd run_child(const ChildRun& run, const std::stop_token& stop);

}  // namespace tidemark
