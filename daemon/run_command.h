// `tidemark run`: from the options of the command line to a configuration, and on to the daemon.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "config/config.h"
#include "daemon/console.h"
#include "daemon/run.h"

namespace tidemark {

// Where else the daemon can take its configuration from, by a command of its own. What it sets up
// lives as long as its `run`: it makes a Config, calls `daemon` with it, and takes everything down
// after.
struct RunSource {
  std::string_view name;  // of the command
  std::string_view help;
  using Daemon = std::function<int(RunOptions, Config)>;
  int (*run)(const RunOptions& options, const Daemon& daemon, const Console& console);
};

struct RunRequest {
  std::string config_file;
  std::string bootstrap;
  std::string name = "default";  // of the cluster of `bootstrap`
  std::string state_dir;
  std::string listen;
  bool welcome = false;
  const RunSource* source = nullptr;
};

// Exactly one of config_file, bootstrap and source is given. Returns the exit code.
int run_command(const RunRequest& request, const RunSource::Daemon& daemon,
                std::string_view version, const Surround& surround, const Console& console);

}  // namespace tidemark
