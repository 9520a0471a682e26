#include "api/event_cursor.h"

#include <array>
#include <charconv>

namespace tidemark {
namespace {

template <class Number>
bool take_number(std::string_view& text, Number& into, int base) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into, base);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

}  // namespace

std::string EventCursor::text() const {
  std::array<char, 16> run_text{};
  const auto end = std::to_chars(run_text.begin(), run_text.end(), run, 16).ptr;
  std::string out(run_text.begin(), end);
  for (const std::uint64_t each : read) out += "." + std::to_string(each);
  return out;
}

Result<EventCursor> EventCursor::parse(std::string_view text) {
  const Error malformed{"this is not the cursor of an event"};
  EventCursor out;
  if (!take_number(text, out.run, 16)) return malformed;
  while (!text.empty()) {
    if (text.front() != '.') return malformed;
    text.remove_prefix(1);
    if (!take_number(text, out.read.emplace_back(), 10)) return malformed;
  }
  return out;
}

// FNV-1a, with an end after each name.
std::uint64_t cursor_run(std::uint64_t log, const Reports& reports) {
  std::uint64_t out = 0xcbf29ce484222325U ^ log;
  const auto add = [&](unsigned char byte) { out = (out ^ byte) * 0x100000001b3U; };
  for (const auto& report : reports) {
    for (const char each : report->cluster.get()) add(static_cast<unsigned char>(each));
    add(0);
  }
  return out;
}

}  // namespace tidemark
