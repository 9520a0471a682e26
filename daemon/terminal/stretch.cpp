#include "daemon/terminal/stretch.h"

#include <array>
#include <charconv>
#include <ctime>
#include <string_view>

#include "core/duration.h"

namespace tidemark::terminal {
namespace {

constexpr std::array formats = {"%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S",
                                "%Y-%m-%d %H:%M", "%Y-%m-%d"};
constexpr std::string_view how =
    "\" is no time; write 2026-11-21, \"2026-11-21 14:30\" or 2026-11-21T14:30:05Z";

std::optional<Instant> parse_milliseconds(const std::string& text) {
  std::int64_t ms = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, ms);
  // A year of four digits is not meant.
  if (error != std::errc() || stop != end || ms < 100'000'000) return std::nullopt;
  return from_ms(ms);
}

std::optional<Instant> parse_as(const std::string& text, const char* format, bool utc) {
  std::tm parts{};
  const char* const end = strptime(text.c_str(), format, &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  parts.tm_isdst = -1;
  const std::time_t seconds = utc ? timegm(&parts) : std::mktime(&parts);
  return Instant{std::chrono::seconds{seconds}};
}

}  // namespace

std::optional<Instant> parse_instant(const std::string& text) {
  if (const auto ms = parse_milliseconds(text)) return ms;
  const bool utc = !text.empty() && text.back() == 'Z';
  const std::string local = utc ? text.substr(0, text.size() - 1) : text;
  for (const char* const format : formats) {
    if (const auto at = parse_as(local, format, utc)) return at;
  }
  return std::nullopt;
}

Result<Stretch> stretch_of(const std::string& since, const std::string& from, const std::string& to,
                           Instant now) {
  Stretch out;
  if (!since.empty() && !from.empty()) return Error{"--since: give it or --from, not both"};
  if (!since.empty()) {
    const auto span = parse_duration(since);
    if (!span) return Error{"--since: \"" + since + "\" is not a duration, as 30m, 6h or 7d"};
    out.from = now - *span;
  }
  if (!from.empty() && !(out.from = parse_instant(from))) {
    return Error{"--from: \"" + from + std::string(how)};
  }
  if (!to.empty() && !(out.to = parse_instant(to))) {
    return Error{"--to: \"" + to + std::string(how)};
  }
  if (out.from && out.to && *out.from >= *out.to)
    return Error{"--to: it is not after the beginning"};
  return out;
}

}  // namespace tidemark::terminal
