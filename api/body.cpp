#include "api/body.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/duration.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;

constexpr Duration longest_span = std::chrono::hours{24 * 3650};
constexpr std::size_t longest_text = 1000;
constexpr std::int64_t latest_ms = 253'402'300'799'999;  // the end of the year 9999

bool is_one_line(const std::string& text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

struct BodyReader::Impl {
  Json body;

  // Null: it is not there, or null itself.
  [[nodiscard]] const Json* find(std::string_view name) const {
    if (!body.is_object()) return nullptr;
    const auto at = body.find(std::string(name));
    return at == body.end() || at->is_null() ? nullptr : &*at;
  }
};

BodyReader::BodyReader(const std::string& body, std::initializer_list<std::string_view> known)
    : impl_(std::make_unique<Impl>()) {
  impl_->body = body.empty() ? Json::object() : Json::parse(body, nullptr, false);
  if (!impl_->body.is_object()) {
    refuse("", "the body is not a JSON object", "bad_body");
    return;
  }
  std::string names;
  for (const std::string_view name : known)
    names += (names.empty() ? "" : ", ") + std::string(name);
  if (names.empty()) names = "none";
  for (const auto& [name, value] : impl_->body.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    refuse(name, "\"" + name + "\" is not a field of this route (it takes: " + names + ")",
           "unknown_parameter");
  }
}

BodyReader::~BodyReader() = default;

std::optional<std::string> BodyReader::text(std::string_view name) {
  const Json* value = impl_->find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) {
    refuse(name, "it is not a text");
    return std::nullopt;
  }
  auto out = value->get<std::string>();
  if (out.size() > longest_text) refuse(name, "it has more than 1,000 bytes");
  if (!is_one_line(out)) refuse(name, "it has line breaks or other control characters");
  return out;
}

std::map<std::string, std::string> BodyReader::texts(std::string_view name) {
  std::map<std::string, std::string> out;
  const Json* value = impl_->find(name);
  if (value == nullptr) return out;
  if (!value->is_object()) {
    refuse(name, "it is not an object of texts, as {\"team\": \"checkout\"}");
    return out;
  }
  for (const auto& [key, each] : value->items()) {
    const bool fits = each.is_string() && key.size() <= longest_text && is_one_line(key) &&
                      each.get_ref<const std::string&>().size() <= longest_text &&
                      is_one_line(each.get_ref<const std::string&>());
    if (!fits) refuse(name, "\"" + key + "\" is not a text of one line and 1,000 bytes at most");
    if (fits) out.emplace(key, each.get<std::string>());
  }
  return out;
}

std::optional<Instant> BodyReader::instant(std::string_view name) {
  const Json* value = impl_->find(name);
  if (value == nullptr) return std::nullopt;
  const bool whole = value->is_number_integer() || value->is_number_unsigned();
  if (whole && *value >= 0 && *value <= latest_ms) return from_ms(value->get<std::int64_t>());
  refuse(name, "it is not a number of milliseconds since the epoch");
  return std::nullopt;
}

std::optional<Duration> BodyReader::span(std::string_view name) {
  const auto given = text(name);
  if (!given) return std::nullopt;
  const auto span = parse_duration(*given);
  if (span && *span >= std::chrono::seconds{1} && *span <= longest_span) return span;
  refuse(name, "\"" + *given + "\" is not a duration from 1s to 3650d, as 30m, 2h or 1d");
  return std::nullopt;
}

void BodyReader::refuse(std::string_view name, std::string message, std::string_view code) {
  if (!refusal_) refusal_ = Refusal{400, code, std::move(message), std::string(name)};
}

}  // namespace tidemark
