#include "daemon/terminal/screen.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <string_view>

namespace tidemark::terminal {
namespace {

constexpr std::string_view enter = "\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J";
constexpr std::string_view leave = "\x1b[?25h\x1b[?1049l";

sigset_t held_signals() {
  sigset_t out;
  sigemptyset(&out);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH}) {
    sigaddset(&out, number);
  }
  return out;
}

// In one piece where the terminal takes it, so that no half picture is seen.
void put(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // the terminal is gone; SIGHUP ends us
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void suspend(Screen* screen) {
  if (screen != nullptr) put(leave);
  raise(SIGSTOP);  // goes on here after SIGCONT
  if (screen != nullptr) put(enter);
}

}  // namespace

Screen::Screen() { put(enter); }
Screen::~Screen() { put(leave); }

void Screen::show(const std::string& text) {
  std::string out = "\x1b[H";
  for (const char c : text) {
    if (c == '\n') out += "\x1b[K\r";  // what an older picture left to the right of it
    out += c;
  }
  // No newline after the last line: on a full screen it would scroll.
  if (!out.empty() && out.back() == '\n') out.resize(out.size() - 2);
  put(out + "\x1b[K\x1b[J");
}

Wake wait_for_signal(std::chrono::milliseconds span, Screen* screen) {
  const sigset_t set = held_signals();
  const auto end = std::chrono::steady_clock::now() + span;
  while (true) {
    using std::chrono::nanoseconds;
    const auto left = std::max<std::int64_t>(
        0, std::chrono::duration_cast<nanoseconds>(end - std::chrono::steady_clock::now()).count());
    const timespec limit{left / 1'000'000'000, left % 1'000'000'000};
    const int number = sigtimedwait(&set, nullptr, &limit);
    if (number < 0 && errno == EINTR) continue;
    if (number < 0) return Wake::time_is_over;
    if (number == SIGWINCH) return Wake::resized;
    if (number != SIGTSTP) return Wake::end;
    suspend(screen);
    return Wake::resized;
  }
}

void hold_signals() {
  const sigset_t set = held_signals();
  sigprocmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

}  // namespace tidemark::terminal
