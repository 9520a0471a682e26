#include "daemon/terminal/numbers.h"

#include <array>
#include <cmath>

namespace tidemark::terminal {
namespace {

struct Unit {
  std::int64_t seconds;
  char name;
};
constexpr std::array<Unit, 4> units{{{86'400, 'd'}, {3'600, 'h'}, {60, 'm'}, {1, 's'}}};
constexpr double longest = 1e15;  // seconds; beyond, a number is no time any more

}  // namespace

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = digits.front() == '-' ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string grouped(std::optional<std::int64_t> number) { return number ? grouped(*number) : "-"; }

std::string span(double seconds) {
  if (!std::isfinite(seconds) || std::abs(seconds) > longest) return "-";
  if (seconds < 0) return "-" + span(-seconds);
  if (seconds == 0) return "0s";
  if (seconds < 1) return "<1s";
  auto rest = static_cast<std::int64_t>(seconds);
  std::string out;
  int shown = 0;
  for (const auto& [size, name] : units) {
    const std::int64_t count = rest / size;
    rest %= size;
    if (shown == 0 && count == 0) continue;
    if (++shown > 2) break;
    if (count != 0) out += (out.empty() ? "" : " ") + std::to_string(count) + name;
  }
  return out;
}

std::string span(std::optional<double> seconds) { return seconds ? span(*seconds) : "-"; }

}  // namespace tidemark::terminal
