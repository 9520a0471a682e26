// What a partition's history remembers of busy gaps and lateness, and what follows from it.
#include <algorithm>

#include "evaluator/partition_history.h"

namespace tidemark {

void RememberedFour::add(Remembered entry) {
  if (count < held.size()) {
    held.at(count++) = entry;
    return;
  }
  // `held` is in the order of arrival, so the first of equals is the oldest.
  const auto smallest = std::min_element(
      held.begin(), held.end(),
      [](const Remembered& a, const Remembered& b) { return a.length < b.length; });
  if (entry.length < smallest->length) return;
  std::move(smallest + 1, held.end(), smallest);
  held.back() = entry;
}

Duration patience(const PartitionHistory& history, const Policy& policy) {
  const auto usual = history.gaps.second_largest();
  if (!usual) return policy.patience_unknown;
  return std::min(std::max(3 * *usual, policy.patience_min), policy.patience_max);
}

Duration usual_lateness(const PartitionHistory& history, Instant at, const Policy& policy) {
  RememberedFour fresh = history.lateness;
  fresh.keep_if([&](const Remembered& entry) { return at - entry.from <= policy.remember; });
  if (const auto second = fresh.second_largest()) return *second;
  return fresh.count == 1 ? fresh.held.front().length : Duration{0};
}

}  // namespace tidemark
