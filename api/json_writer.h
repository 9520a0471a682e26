// Writes JSON text straight into one string, without a tree in between: for answers that have
// thousands of fields. Compact; a number has as many digits as it takes to give it back, bytes that
// are not UTF-8 become U+FFFD, what is unknown (an empty optional) is null. The caller keeps begins
// and ends in pairs. One thread.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/maybe.h"
#include "core/time.h"

namespace tidemark {

// Instants are written in milliseconds, durations in seconds.
class JsonWriter {
 public:
  explicit JsonWriter(std::size_t expected_bytes = 0) { out_.reserve(expected_bytes); }

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }

  // A plain word, which is not escaped; or one that comes from outside.
  JsonWriter& key(std::string_view word);
  JsonWriter& any_key(std::string_view name);

  JsonWriter& value(std::nullptr_t) { return raw("null"); }
  JsonWriter& value(bool is) { return raw(is ? "true" : "false"); }
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(double number);
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(std::uint64_t number);
  template <std::integral Number>
  JsonWriter& value(Number number) {
    if constexpr (std::signed_integral<Number>) return value(static_cast<std::int64_t>(number));
    return value(static_cast<std::uint64_t>(number));
  }
  JsonWriter& value(Offset offset) { return value(offset.get()); }
  JsonWriter& value(Instant at) { return value(to_ms(at)); }
  JsonWriter& value(Duration span) { return value(to_seconds(span)); }
  template <class T>
  JsonWriter& value(const std::optional<T>& known) {
    return known ? value(*known) : value(nullptr);
  }
  template <class T>
  JsonWriter& value(const Maybe<T>& known) {
    return known ? value(*known) : value(nullptr);
  }
  // JSON already.
  JsonWriter& raw(std::string_view json);

  template <class T>
  JsonWriter& field(std::string_view name, const T& of) {
    return key(name).value(of);
  }
  // An empty text is one that is not known.
  JsonWriter& field_if_said(std::string_view name, std::string_view text) {
    return text.empty() ? field(name, nullptr) : field(name, text);
  }
  template <class Range>
  JsonWriter& array(const Range& values) {
    begin_array();
    for (const auto& each : values) value(each);
    return end_array();
  }
  template <class Range>
  JsonWriter& list(std::string_view name, const Range& values) {
    return key(name).array(values);
  }

  [[nodiscard]] const std::string& text() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string out_;
  bool comma_ = false;  // before the next one
};

}  // namespace tidemark
