// The main job: builds every part of the daemon from the configuration, downstream first, runs
// until it is told to stop, and stops upstream first.
#pragma once

#include <functional>
#include <string>

#include "config/config.h"

namespace tidemark {

struct RunOptions {
  std::string config_origin;  // what the configuration came from, for people: a file or flags
  std::string state_dir;      // empty: [storage] state_dir, else the default place
  std::function<Loaded()> load = nullptr;  // reads it anew, flags included; null: there is no file
  bool welcome = false;  // after the first verdicts, say on stdout what to open and type next
  std::string version;
};

// Returns the exit code: 0 after SIGTERM or SIGINT, 2 if it can't start (said on stderr). A second
// signal, or 10 s after the first one, ends the process at once.
int run_daemon(const RunOptions& options, const Config& config);

}  // namespace tidemark
