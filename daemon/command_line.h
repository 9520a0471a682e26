// What the parts of the command line share: where commands are registered, and what becomes of the
// one that was asked for.
#pragma once

#include <functional>
#include <string>

#include "daemon/console.h"
#include "daemon/terminal/reader.h"

namespace CLI {
class App;
}

namespace tidemark {

struct CommandLine {
  CLI::App& app;
  const Console& console;        // outlives what was asked for
  std::function<int()>& action;  // what was asked for, once the command line is understood

  // If `command` is asked for, `what` is the action.
  void on(CLI::App& command, std::function<int()> what) const;
};

terminal::Reader reader_of(const Console& console);
void add_url(CLI::App& command, std::string& url);

}  // namespace tidemark
