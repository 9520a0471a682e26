// Partition numbers as people write them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace tidemark {

// "0-3,7": runs of neighbours together.
template <class Number = std::int64_t>
std::string ranges(std::vector<Number> numbers) {
  std::sort(numbers.begin(), numbers.end());
  std::string out;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t end = i;
    while (end + 1 < numbers.size() && numbers[end + 1] == numbers[end] + 1) ++end;
    out += (out.empty() ? "" : ",") + std::to_string(numbers[i]);
    if (end > i) out += "-" + std::to_string(numbers[end]);
    i = end + 1;
  }
  return out;
}

}  // namespace tidemark
