#include "core/duration.h"

#include <array>
#include <charconv>
#include <limits>

namespace tidemark {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t ms;
};
constexpr std::array<Unit, 5> units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  std::int64_t count = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, count);
  if (error != std::errc{} || count < 0) return std::nullopt;
  const std::string_view unit(stop, static_cast<std::size_t>(end - stop));
  for (const auto& [name, ms] : units) {
    if (unit != name) continue;
    if (count > std::numeric_limits<std::int64_t>::max() / ms) return std::nullopt;
    return Duration{count * ms};
  }
  return std::nullopt;
}

std::string write_duration(Duration span) {
  for (const auto& [name, ms] : units) {
    if (span.count() != 0 && span.count() % ms == 0) {
      return std::to_string(span.count() / ms).append(name);
    }
  }
  return "0s";
}

}  // namespace tidemark
