// What the loads that ask the daemon over HTTP share: their client, and their time.
#pragma once

#include <httplib.h>

#include <chrono>
#include <string>

namespace tidemark::bench {

using Seconds = std::chrono::duration<double>;

// One connection that stays open; packed answers are not unpacked.
void set_up(httplib::Client& client, std::chrono::seconds silence_limit);
httplib::Headers accepting(bool gzip);

// The time that a load has: `seconds`, or, where that is 0, until a stop is asked for. Any thread.
class LoadTime {
 public:
  explicit LoadTime(int seconds) : seconds_(seconds) {}

  [[nodiscard]] std::chrono::steady_clock::time_point began() const { return began_; }
  [[nodiscard]] bool over() const;
  // In naps, so that a stop is heard. False: it is over.
  [[nodiscard]] bool wait_until(std::chrono::steady_clock::time_point due) const;
  [[nodiscard]] Seconds taken() const { return std::chrono::steady_clock::now() - began_; }

 private:
  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  const int seconds_;
};

}  // namespace tidemark::bench
