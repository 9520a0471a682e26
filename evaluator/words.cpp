#include "evaluator/words.h"

#include <fmt/format.h>

namespace tidemark::words {
namespace {

std::string with_unit(std::int64_t amount, std::string_view unit) {
  std::string out = std::to_string(amount);
  out += ' ';
  out += unit;
  return out;
}

std::string two(std::int64_t large, std::string_view large_unit, std::int64_t small,
                std::string_view small_unit) {
  std::string out = with_unit(large, large_unit);
  if (small != 0) {
    out += ' ';
    out += with_unit(small, small_unit);
  }
  return out;
}

// "8.3 s". Where the number lies between two of them its binary digits decide.
std::string in_tenths(Duration value) {
  const std::int64_t ms = value.count();
  if (ms < 0 || ms % 100 == 50) return fmt::format("{:.1f} s", to_seconds(value));
  const std::int64_t tenths = (ms + 50) / 100;
  std::string out = std::to_string(tenths / 10);
  out += '.';
  out += static_cast<char>('0' + tenths % 10);
  out += " s";
  return out;
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

std::string waiting(std::int64_t lag) { return records(lag) + (lag == 1 ? " waits" : " wait"); }

std::string span(Duration value) {
  using namespace std::chrono;
  if (value < seconds{10} && value % seconds{1} != Duration{0}) return in_tenths(value);
  if (value <= minutes{10}) return with_unit(duration_cast<seconds>(value).count(), "s");
  const std::int64_t in_minutes = duration_cast<minutes>(value).count();
  if (value < hours{2}) return with_unit(in_minutes, "min");
  if (value < hours{48}) return two(in_minutes / 60, "h", in_minutes % 60, "min");
  return two(in_minutes / 1440, "d", in_minutes / 60 % 24, "h");
}

std::string span(std::optional<Duration> value) { return value ? span(*value) : "unknown"; }

}  // namespace tidemark::words
