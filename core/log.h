// What the daemon says while it runs: one line an event, each naming the thing concerned. A thin
// face over spdlog so that only one file pays for including it. Any thread may log; a sink that
// fails (a full disk) never stops the caller.
#pragma once

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tidemark::log {

enum class Level { debug, info, warn, error };

struct Settings {
  Level level = Level::info;
  bool json = false;                      // one JSON object a line instead of text
  std::string file;                       // empty: standard error
  std::uint64_t max_bytes = 100'000'000;  // of the file, before it is rotated
  int max_files = 5;                      // rotated files that are kept
};

// Call once before other threads start; without it, text of level info goes to standard error.
// The error names the file that can't be written.
Status configure(const Settings& settings);

void write(Level level, std::string_view message);
[[nodiscard]] bool enabled(Level level);
// Lines that a sink refused (a full disk, say) since the start.
[[nodiscard]] std::uint64_t failed_lines();

template <class... Args>
void at(Level level, fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(level)) write(level, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void debug(fmt::format_string<Args...> f, Args&&... args) {
  at(Level::debug, f, std::forward<Args>(args)...);
}
template <class... Args>
void info(fmt::format_string<Args...> f, Args&&... args) {
  at(Level::info, f, std::forward<Args>(args)...);
}
template <class... Args>
void warn(fmt::format_string<Args...> f, Args&&... args) {
  at(Level::warn, f, std::forward<Args>(args)...);
}
template <class... Args>
void error(fmt::format_string<Args...> f, Args&&... args) {
  at(Level::error, f, std::forward<Args>(args)...);
}

// For messages that could come a thousand times a second: true at most once per `every`. What it
// holds back is counted and can be added to the next message.
class RateLimit {
 public:
  explicit RateLimit(std::chrono::seconds every) : every_(every) {}

  bool pass(std::chrono::steady_clock::time_point now);
  // Calls refused since the last one that passed, as of that one.
  [[nodiscard]] std::uint64_t suppressed() const { return reported_.load(); }

 private:
  const std::chrono::steady_clock::duration every_;
  std::atomic<std::int64_t> next_{0};
  std::atomic<std::uint64_t> held_{0};
  std::atomic<std::uint64_t> reported_{0};
};

}  // namespace tidemark::log
