// Words for causes and forecasts: clock times, rates, guesses, and names that come from outside.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/calendar.h"
#include "core/utf8.h"
#include "evaluator/words.h"

namespace tidemark::words {
namespace {

// Beyond it a number has no more digits that mean anything, and no room as an integer.
constexpr double largest = 1e15;

// Names of groups and clients may have thousands of characters: nobody reads them to the end.
constexpr std::size_t longest_name = 120;

std::string digits(double value) {
  const double sane = std::isfinite(value) ? std::clamp(value, -largest, largest) : 0.0;
  return sane < 9.95 ? fmt::format("{:.2g}", sane) : number(std::llround(sane));
}

struct Rough {
  std::int64_t amount;
  std::string_view unit;
};

std::int64_t rounded(double value) { return std::max<std::int64_t>(std::llround(value), 1); }

// About as many digits as a guess deserves.
Rough guess(Duration value) {
  const double s = std::max(to_seconds(value), 0.0);
  if (s < 90) return {s < 10 ? rounded(s) : rounded(s / 5) * 5, "s"};
  const double min = s / 60;
  if (min < 30) return {rounded(min), "min"};
  if (min < 117.5) return {rounded(min / 5) * 5, "min"};
  if (min < 48 * 60) return {rounded(min / 60), "h"};
  return {rounded(min / 1440), "d"};
}

bool breaks_a_line(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
}

// Turns the text around that follows it: a sentence would say something else.
bool turns_text(char32_t code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
         code == 0x200E || code == 0x200F;
}

}  // namespace

std::string count(std::int64_t many, std::string_view thing) {
  return fmt::format("{} {}{}", number(many), thing, many == 1 ? "" : "s");
}

std::string clock(Instant at, Instant now, bool seconds) {
  const std::tm date = calendar(at);
  const bool today = at <= now && at >= now - std::chrono::hours{12};
  const std::string time =
      seconds ? fmt::format("{:%H:%M:%S} UTC", date) : fmt::format("{:%H:%M} UTC", date);
  return today ? time : fmt::format("{:%Y-%m-%d} ", date) + time;
}

std::string rate(double per_second) {
  if (!(per_second > 0)) return "0/s";
  if (per_second >= 1) return digits(per_second) + "/s";
  if (per_second * 60 >= 1) return digits(per_second * 60) + "/min";
  return digits(per_second * 3600) + "/h";
}

std::string share(double part) { return digits(part * 100) + " %"; }

std::string factor(double times) { return digits(times); }

std::string rough(Duration value) {
  const Rough told = guess(value);
  return fmt::format("{} {}", told.amount, told.unit);
}

std::string rough(Duration from, Duration to) {
  const Rough low = guess(from);
  const Rough high = guess(to);
  if (low.unit != high.unit) return rough(from) + " to " + rough(to);
  if (low.amount == high.amount) return rough(to);
  return fmt::format("{} to {} {}", low.amount, high.amount, high.unit);
}

std::string name(std::string_view raw) {
  std::string out;
  std::size_t length = 0;
  while (!raw.empty()) {
    if (++length > longest_name) return out + "…";
    const char32_t code = next_code_point(raw);
    append_utf8(out, breaks_a_line(code) || turns_text(code) ? 0xFFFD : code);
  }
  return out;
}

}  // namespace tidemark::words
