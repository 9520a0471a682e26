#include "config/route_config.h"

#include <array>
#include <charconv>

#include "core/duration.h"

namespace tidemark {
namespace {

constexpr std::array<std::string_view, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr int hours_a_day = 24;
constexpr int minutes_an_hour = 60;

// Cuts `text` at the first `separator`: what is before it; `text` keeps the rest.
std::string_view cut(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view out = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<int> day(std::string_view word) {
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (days.at(i) == word) return static_cast<int>(i);
  }
  return std::nullopt;
}

// "Mon-Fri,Sun"
std::optional<std::vector<int>> days_of(std::string_view text) {
  std::vector<int> out;
  while (!text.empty()) {
    std::string_view part = cut(text, ',');
    const auto first = day(cut(part, '-'));
    const auto last = part.empty() ? first : day(part);
    if (!first || !last) return std::nullopt;
    for (int each = *first;; each = (each + 1) % static_cast<int>(days.size())) {
      out.push_back(each);
      if (each == *last) break;
    }
  }
  return out;
}

std::optional<int> two_digits(std::string_view text, int most) {
  int out = 0;
  if (text.size() != 2) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  const bool fine = error == std::errc{} && end == text.data() + text.size();
  return fine && out >= 0 && out <= most ? std::optional(out) : std::nullopt;
}

// "06:30"; "24:00" is the end of the day.
std::optional<std::chrono::minutes> time_of(std::string_view text) {
  const auto hour = two_digits(cut(text, ':'), hours_a_day);
  const auto minute = two_digits(text, minutes_an_hour - 1);
  if (!hour || !minute || (*hour == hours_a_day && *minute > 0)) return std::nullopt;
  return std::chrono::minutes{*hour * minutes_an_hour + *minute};
}

}  // namespace

std::optional<QuietConfig> parse_quiet(std::string_view text) {
  QuietConfig out;
  text = trimmed(text);
  if (text.find(':') > text.find(' ')) {
    const auto on = days_of(cut(text, ' '));
    if (!on) return std::nullopt;
    out.days = *on;
  }
  std::string_view span = cut(text, ' ');
  const auto from = time_of(cut(span, '-'));
  const auto to = time_of(span);
  out.zone = text;
  if (!from || !to || out.zone.empty() || *from == std::chrono::hours{hours_a_day}) {
    return std::nullopt;
  }
  out.from = *from;
  out.to = *to == std::chrono::hours{hours_a_day} && *from == std::chrono::minutes{0}
               ? std::chrono::minutes{0}
               : *to;
  return out;
}

std::optional<EscalationConfig> parse_escalation(std::string_view text) {
  text = trimmed(text);
  EscalationConfig out;
  const auto after = parse_duration(cut(text, ' '));
  if (!after) return std::nullopt;
  out.after = *after;
  while (!text.empty()) {
    const std::string_view name = trimmed(cut(text, ','));
    if (name.empty()) return std::nullopt;
    out.receivers.emplace_back(name);
  }
  return out.receivers.empty() ? std::nullopt : std::optional(out);
}

}  // namespace tidemark
