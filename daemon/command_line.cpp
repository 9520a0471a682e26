#include "daemon/command_line.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <utility>

namespace tidemark {

void CommandLine::on(CLI::App& command, std::function<int()> what) const {
  command.callback([&to = action, what = std::move(what)] { to = what; });
}

// A test's streams are no terminal, wherever the test itself runs.
terminal::Reader reader_of(const Console& console) {
  return &console.out == &std::cout ? terminal::reader_of_stdout() : terminal::Reader{};
}

void add_url(CLI::App& command, std::string& url) {
  command.add_option("--url", url, "Where the daemon answers, else TIDEMARK_URL, else " + url)
      ->option_text("URL")
      ->envname("TIDEMARK_URL");
}

}  // namespace tidemark
