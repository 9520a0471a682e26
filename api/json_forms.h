// Forms that many JSON answers share: null for what is unknown, instants in milliseconds, durations
// in seconds. Written for any JSON type, so that no header needs the JSON library.
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "api/words.h"
#include "core/ids.h"
#include "core/time.h"
#include "evaluator/report.h"

namespace tidemark {

template <class Json>
struct JsonForms {
  // Compact; bytes that are not UTF-8 become U+FFFD.
  static std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  template <class T>
  static Json value(const std::optional<T>& at) {
    return at ? Json(*at) : Json();
  }
  static Json text(const std::string& words) { return words.empty() ? Json() : Json(words); }
  static Json seconds(const std::optional<Duration>& span) {
    return span ? Json(to_seconds(*span)) : Json();
  }
  static Json instant(const std::optional<Instant>& at) { return at ? Json(to_ms(*at)) : Json(); }
  static Json offset(const std::optional<Offset>& at) { return at ? Json(at->get()) : Json(); }
  static Json age(const std::optional<Instant>& at, Instant now) {
    return at ? Json(to_seconds(std::max(now - *at, Duration{0}))) : Json();
  }

  static Json catch_up(const ClusterHealth& health) {
    const auto ratio = catch_up_ratio(health);
    return {{"done", health.catch_up_done},
            {"total", health.catch_up_total},
            {"percent", ratio ? Json(*ratio * 100.0) : Json()}};
  }
};

}  // namespace tidemark
