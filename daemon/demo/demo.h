// `tidemark demo`: the ordinary daemon with an ordinary configuration, watching four clusters that
// live in this process and in which groups act out every kind of trouble. Nothing outside this
// folder knows that it is a play; one line of registration is all that leads here.
#pragma once

#include "daemon/console.h"
#include "daemon/run.h"
#include "daemon/run_command.h"

namespace tidemark::demo {

// Sets the stage, says on `console` who plays what, runs `daemon` on it and clears everything away.
// Without a state folder in `options` a temporary one is used: the clusters don't outlive the
// process, so neither may what is remembered of them. Returns the exit code.
int run_demo(const RunOptions& options, const RunSource::Daemon& daemon, const Console& console);

}  // namespace tidemark::demo
