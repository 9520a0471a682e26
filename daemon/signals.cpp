#include "daemon/signals.h"

#include <pthread.h>

#include <algorithm>
#include <cerrno>
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
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is a full disk, no more
}

bool stop_signal_within(std::chrono::milliseconds limit) {
  using Clock = std::chrono::steady_clock;
  const sigset_t set = stop_signals();
  const auto end = Clock::now() + limit;
  for (;;) {
    const auto left = std::max(Clock::duration{0}, end - Clock::now());
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    const timespec wait{static_cast<time_t>(seconds.count()),
                        static_cast<long>(std::chrono::nanoseconds(left - seconds).count())};
    if (sigtimedwait(&set, nullptr, &wait) > 0) return true;
    if (errno != EINTR) return false;  // interrupted by SIGCONT, say: the rest is still to wait
  }
}

}  // namespace tidemark
