// What the log says of reading the offsets topic at the start: how far it is now and then, where
// that takes long, and once that it is done. Pure; owned by one pipeline thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "evaluator/report.h"

namespace tidemark {

class CatchUpLog {
 public:
  using Steady = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds pause{10};  // between two lines

  explicit CatchUpLog(Steady began) : began_(began), said_(began) {}

  // To be asked after each tick. Empty: nothing is to be said.
  [[nodiscard]] std::string line(const ClusterHealth& health, std::size_t groups, Steady now);

 private:
  const Steady began_;
  Steady said_;
  bool done_ = false;
};

}  // namespace tidemark
