// When spare memory is given back to the system: a tick that made many reports anew leaves as much
// behind as all of them take, which the next such tick would use again. So it is given back once
// such ticks have ended for now, again when scrapes that were under way have let go of what they
// read, and now and then while they go on. A plain value, owned by one pipeline thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace tidemark {

class GiveBackTimes {
 public:
  // After each tick that follows the catch-up: of so many groups so many have another report.
  // True: now.
  bool due(std::size_t groups, std::size_t replaced) {
    const bool busy = replaced >= fewest && replaced * busy_share > groups;
    calm_ticks_ = busy ? 0 : calm_ticks_ + 1;
    busy_ticks_ += busy ? 1 : 0;
    ++ticks_;
    const bool calm =
        std::find(calm_times.begin(), calm_times.end(), calm_ticks_) != calm_times.end();
    if (!calm && busy_ticks_ < at_work && ticks_ < at_rest) return false;
    ticks_ = busy_ticks_ = 0;
    return true;
  }

 private:
  static constexpr std::size_t busy_share = 16;
  static constexpr std::size_t fewest = 256;  // some hundred kilobytes at least
  static constexpr std::array<std::uint64_t, 4> calm_times = {2, 5, 10, 20};  // ticks, of a second
  static constexpr std::uint64_t at_work = 30;
  static constexpr std::uint64_t at_rest = 300;

  std::uint64_t calm_ticks_ = 0;
  std::uint64_t ticks_ = 0;       // since it was given back last,
  std::uint64_t busy_ticks_ = 0;  // and of these
};

}  // namespace tidemark
