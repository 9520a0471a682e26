#include "daemon/signals.h"

#include <pthread.h>

#include <csignal>
#include <ctime>

namespace tidemark {
namespace {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

void hold_stop_signals() {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool stop_signal_within(std::chrono::milliseconds limit) {
  const sigset_t set = stop_signals();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit);
  const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(limit - seconds);
  const timespec wait{static_cast<time_t>(seconds.count()), static_cast<long>(rest.count())};
  return sigtimedwait(&set, nullptr, &wait) > 0;
}

}  // namespace tidemark
