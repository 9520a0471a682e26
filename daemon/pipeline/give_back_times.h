// When spare memory is given back to the system. A tick that made many reports anew leaves as much
// behind as all of them take, which the next such tick would use again: so it is given back once
// they are freed, unless the next tick is likely to be such a one too. It is given back again when
// scrapes that were under way have let go of what they read, and now and then while busy ticks go
// on. A plain value, owned by one pipeline thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace tidemark {

class GiveBackTimes {
 public:
  // After each tick that follows the catch-up: of so many groups so many have another report.
  void ticked(std::size_t groups, std::size_t replaced) {
    const auto busy = [&](std::size_t count) {
      return count >= fewest && count * busy_share > groups;
    };
    const std::size_t next = std::min(replaced, before_);  // likely
    before_ = replaced;
    most_ = std::max(most_, replaced);
    ++ticks_;
    ++calm_ticks_;
    if (busy(replaced)) {
      ++busy_ticks_;
      calm_ticks_ = 0;
    }
    const bool spare = busy(most_) && 2 * next < most_;
    const bool calm =
        std::find(calm_times.begin(), calm_times.end(), calm_ticks_) != calm_times.end();
    if (!spare && !calm && busy_ticks_ < at_work && ticks_ < at_rest) return;
    most_ = ticks_ = busy_ticks_ = 0;
    due_ = true;
  }

  // Once what the last tick replaced is freed. True: now.
  bool due() { return std::exchange(due_, false); }

 private:
  static constexpr std::size_t busy_share = 16;
  static constexpr std::size_t fewest = 256;  // some hundred kilobytes at least
  static constexpr std::array<std::uint64_t, 4> calm_times = {2, 5, 10, 20};  // ticks, of a second
  static constexpr std::uint64_t at_work = 30;
  static constexpr std::uint64_t at_rest = 300;

  bool due_ = false;
  std::size_t before_ = 0;  // what the last tick replaced,
  std::size_t most_ = 0;    // and the most since it was given back last:
  std::uint64_t ticks_ = 0;
  std::uint64_t busy_ticks_ = 0;  // of these
  std::uint64_t calm_ticks_ = 0;  // since the last busy one
};

}  // namespace tidemark
