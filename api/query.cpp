#include "api/query.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "core/duration.h"

namespace tidemark {
namespace {

constexpr Duration longest_span = std::chrono::hours{24 * 3650};

}  // namespace

QueryReader::QueryReader(const Target& target, std::initializer_list<std::string_view> known)
    : target_(target) {
  std::string names;
  for (const std::string_view name : known)
    names += (names.empty() ? "" : ", ") + std::string(name);
  if (names.empty()) names = "none";
  std::set<std::string_view> seen;
  for (const auto& [name, value] : target.query) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      refuse(name, "\"" + name + "\" is not a parameter of this route (it takes: " + names + ")",
             "unknown_parameter");
    } else if (!seen.insert(name).second) {
      refuse(name, "\"" + name + "\" is given more than once");
    }
  }
}

std::optional<std::string> QueryReader::text(std::string_view name) const {
  for (const auto& [key, value] : target_.query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

int QueryReader::number(std::string_view name, int low, int high, int otherwise) {
  const auto given = text(name);
  if (!given) return otherwise;
  int value = 0;
  const char* const end = given->data() + given->size();
  const auto [stop, error] = std::from_chars(given->data(), end, value);
  if (error == std::errc() && stop == end && value >= low && value <= high) return value;
  refuse(name, "\"" + *given + "\" is not a whole number from " + std::to_string(low) + " to " +
                   std::to_string(high));
  return otherwise;
}

std::optional<Instant> QueryReader::instant(std::string_view name) {
  const auto given = text(name);
  if (!given) return std::nullopt;
  std::int64_t value = 0;
  const char* const end = given->data() + given->size();
  const auto [stop, error] = std::from_chars(given->data(), end, value);
  if (error == std::errc() && stop == end && value >= 0) return from_ms(value);
  refuse(name, "\"" + *given + "\" is not a number of milliseconds since the epoch");
  return std::nullopt;
}

std::optional<Duration> QueryReader::span(std::string_view name) {
  const auto given = text(name);
  if (!given) return std::nullopt;
  const auto span = parse_duration(*given);
  if (span && *span >= std::chrono::seconds{1} && *span <= longest_span) return span;
  refuse(name, "\"" + *given + "\" is not a duration from 1s to 3650d, as 30s, 5m or 2h");
  return std::nullopt;
}

bool QueryReader::flag(std::string_view name, bool otherwise) {
  const auto given = text(name);
  if (!given) return otherwise;
  if (*given != "true" && *given != "false") {
    refuse(name, "\"" + *given + "\" is neither true nor false");
  }
  return *given == "true";
}

void QueryReader::refuse(std::string_view name, std::string message, std::string_view code) {
  if (!refusal_) refusal_ = Refusal{400, code, std::move(message), std::string(name)};
}

}  // namespace tidemark
