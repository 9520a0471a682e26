#include "tests/bench/stop_signal.h"

#include <signal.h>

namespace tidemark::bench {
namespace {

volatile sig_atomic_t asked = 0;

void ask(int) { asked = 1; }

}  // namespace

void watch_for_stop() {
  struct sigaction action {};
  action.sa_handler = ask;
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
}

bool stop_asked() { return asked != 0; }

}  // namespace tidemark::bench
