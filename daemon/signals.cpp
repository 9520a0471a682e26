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

sigset_t hangup() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGHUP);
  return set;
}

// 0: none has come.
int wait_for(const sigset_t& set, std::chrono::milliseconds limit) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + limit;
  for (;;) {
    const auto left = std::max(Clock::duration{0}, end - Clock::now());
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    const timespec wait{static_cast<time_t>(seconds.count()),
                        static_cast<long>(std::chrono::nanoseconds(left - seconds).count())};
    const int number = sigtimedwait(&set, nullptr, &wait);
    if (number > 0) return number;
    if (errno != EINTR) return 0;  // interrupted by SIGCONT, say: the rest is still to wait
  }
}

}  // namespace

void hold_stop_signals() {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is a full disk, no more
}

void hold_hangup() {
  const sigset_t set = hangup();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

SignalSeen signal_within(std::chrono::milliseconds limit) {
  sigset_t held = stop_signals();
  sigset_t blocked;
  pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
  if (sigismember(&blocked, SIGHUP) == 1) sigaddset(&held, SIGHUP);
  const int number = wait_for(held, limit);
  return number == 0 ? SignalSeen::none : number == SIGHUP ? SignalSeen::hangup : SignalSeen::stop;
}

bool stop_signal_within(std::chrono::milliseconds limit) {
  return wait_for(stop_signals(), limit) != 0;
}

}  // namespace tidemark
