// How long requests of one kind took, all of them kept: what a percentile is asked of has no bins.
#pragma once

#include <string>
#include <vector>

namespace tidemark::bench {

class Latencies {
 public:
  void add(double seconds) { seconds_.push_back(seconds); }
  void add(const Latencies& other);
  void failed() { ++errors_; }

  [[nodiscard]] bool empty() const { return seconds_.empty() && errors_ == 0; }
  // Of the share `part` (0 to 1) none took longer; by the nearest rank. 0 without any.
  [[nodiscard]] double percentile(double part) const;
  // {"count", "errors", "p50_ms", "p90_ms", "p99_ms", "max_ms"}
  [[nodiscard]] std::string json() const;

 private:
  std::vector<double> seconds_;
  long errors_ = 0;
};

}  // namespace tidemark::bench
