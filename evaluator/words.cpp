#include "evaluator/words.h"

#include <fmt/format.h>

namespace tidemark::words {
namespace {

std::string two(std::int64_t large, const char* large_unit, std::int64_t small,
                const char* small_unit) {
  if (small == 0) return fmt::format("{} {}", large, large_unit);
  return fmt::format("{} {} {} {}", large, large_unit, small, small_unit);
}

}  // namespace

std::string number(std::int64_t value) {
  std::string out = std::to_string(value);
  const std::ptrdiff_t first = value < 0 ? 1 : 0;
  for (auto at = static_cast<std::ptrdiff_t>(out.size()) - 3; at > first; at -= 3) {
    out.insert(static_cast<std::size_t>(at), 1, ',');
  }
  return out;
}

std::string number(Offset offset) { return number(offset.get()); }

std::string records(std::int64_t count) {
  return count == 1 ? "1 record" : number(count) + " records";
}

std::string span(Duration value) {
  using namespace std::chrono;
  if (value < seconds{10} && value % seconds{1} != Duration{0}) {
    return fmt::format("{:.1f} s", to_seconds(value));
  }
  if (value <= minutes{10}) return fmt::format("{} s", duration_cast<seconds>(value).count());
  const std::int64_t in_minutes = duration_cast<minutes>(value).count();
  if (value < hours{2}) return fmt::format("{} min", in_minutes);
  if (value < hours{48}) return two(in_minutes / 60, "h", in_minutes % 60, "min");
  return two(in_minutes / 1440, "d", in_minutes / 60 % 24, "h");
}

std::string span(std::optional<Duration> value) { return value ? span(*value) : "unknown"; }

}  // namespace tidemark::words
