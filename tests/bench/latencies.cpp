#include "tests/bench/latencies.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace tidemark::bench {

void Latencies::add(const Latencies& other) {
  seconds_.insert(seconds_.end(), other.seconds_.begin(), other.seconds_.end());
  errors_ += other.errors_;
}

double Latencies::percentile(double part) const {
  if (seconds_.empty()) return 0;
  std::vector<double> sorted = seconds_;
  const auto rank = std::ceil(part * static_cast<double>(sorted.size()));
  const auto at = static_cast<std::ptrdiff_t>(std::max(rank, 1.0)) - 1;
  std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
  return sorted[static_cast<std::size_t>(at)];
}

std::string Latencies::json() const {
  char text[256];
  std::snprintf(text, sizeof text,
                "{\"count\": %zu, \"errors\": %ld, \"p50_ms\": %.3f, \"p90_ms\": %.3f, "
                "\"p99_ms\": %.3f, \"max_ms\": %.3f}",
                seconds_.size(), errors_, percentile(0.5) * 1e3, percentile(0.9) * 1e3,
                percentile(0.99) * 1e3, percentile(1) * 1e3);
  return text;
}

}  // namespace tidemark::bench
