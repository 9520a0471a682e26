// SIGTERM, SIGINT and SIGHUP, taken by one thread that waits for them instead of by handlers.
#pragma once

#include <chrono>

namespace tidemark {

// Call on the main thread before any other thread starts: the signals are then delivered to
// `wait` alone. SIGPIPE is ignored from here on, and SIGXFSZ: a limit on the size of files makes
// writing fail, no more.
void hold_stop_signals();
// The same for SIGHUP, which ends the process otherwise.
void hold_hangup();

enum class SignalSeen { none, stop, hangup };
// Waits up to `limit` for one of those that are held.
SignalSeen signal_within(std::chrono::milliseconds limit);

// Waits up to `limit`; true if SIGTERM or SIGINT has come.
bool stop_signal_within(std::chrono::milliseconds limit);

}  // namespace tidemark
