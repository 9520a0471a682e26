// Small makers of values that JSON answers share.
#pragma once

#include <algorithm>
#include <optional>

#include "core/time.h"

namespace tidemark {

// Never negative: clocks differ.
inline std::optional<Duration> age(std::optional<Instant> at, Instant now) {
  return at ? std::optional(std::max(now - *at, Duration{0})) : std::nullopt;
}

template <class T>
std::optional<T> if_so(bool holds, const T& value) {
  return holds ? std::optional(value) : std::nullopt;
}

}  // namespace tidemark
