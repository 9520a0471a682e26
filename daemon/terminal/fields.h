// Reads fields of the daemon's answers. Written for any JSON type, so that no header needs the JSON
// library. A field may be null, or missing in an answer of another version.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tidemark::terminal {

template <class T, class Json>
std::optional<T> maybe(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return std::nullopt;
  return found->template get<T>();
}

template <class Json>
std::string text(const Json& json, const char* key) {
  return maybe<std::string>(json, key).value_or("");
}

template <class Json>
std::int64_t count(const Json& json, const char* key) {
  return maybe<std::int64_t>(json, key).value_or(0);
}

// read(whole body) → T. The library's exceptions end here.
template <class T, class Json, class Read>
Result<T> parsed(std::string_view body, Read read) {
  try {
    return read(Json::parse(body));
  } catch (const typename Json::exception& error) {
    return Error{"the answer is not as Tidemark's API promises: " + std::string{error.what()}};
  }
}

}  // namespace tidemark::terminal
