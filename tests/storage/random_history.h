// Any history that the evaluator could ever hold, and some that it never would: random bits from a
// seed, so that a failure can be repeated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <random>

#include "evaluator/partition_history.h"

namespace tidemark::test {

class RandomHistory {
 public:
  explicit RandomHistory(std::uint32_t seed) : random_(seed) {}

  PartitionHistory next();
  // Below `limit`.
  std::size_t number(std::size_t limit) { return random_() % limit; }

 private:
  // Mostly plausible; now and then as large as they come.
  std::int64_t wild();
  Instant instant() { return from_ms(1'700'000'000'000 + wild()); }
  Offset offset() { return Offset{1'000'000 + wild()}; }
  Duration length() { return Duration{wild()}; }
  bool coin() { return number(2) == 0; }
  Since since();
  RememberedFour four();

  std::mt19937 random_;
};

}  // namespace tidemark::test

namespace tidemark {

// All that means something: an instant of a Since without source does not.
bool operator==(const PartitionHistory& a, const PartitionHistory& b);
std::ostream& operator<<(std::ostream& out, const PartitionHistory& history);

}  // namespace tidemark
