// An optional number or instant that takes no more room than its value: the smallest value of its
// type, which nothing counted or dated ever has, stands for "none". For values of which there are a
// million, or that are copied a million times as soon as they are made: a std::optional is written
// in two parts and copied as one, and the processor waits until both are there. Converts from and
// to std::optional.
#pragma once

#include <concepts>
#include <limits>
#include <optional>
#include <type_traits>

namespace tidemark {

template <class T>
class Maybe {
 public:
  constexpr Maybe() = default;
  constexpr Maybe(std::nullopt_t) {}              // NOLINT(google-explicit-constructor)
  constexpr Maybe(T value) : value_(value) {}     // NOLINT(google-explicit-constructor)
  constexpr Maybe(const std::optional<T>& value)  // NOLINT(google-explicit-constructor)
      : value_(value.value_or(none)) {}
  constexpr operator std::optional<T>() const {  // NOLINT(google-explicit-constructor)
    return has_value() ? std::optional<T>(value_) : std::nullopt;
  }

  [[nodiscard]] constexpr bool has_value() const { return value_ != none; }
  constexpr explicit operator bool() const { return has_value(); }
  // Only if there is one.
  constexpr const T& operator*() const { return value_; }
  constexpr const T* operator->() const { return &value_; }
  [[nodiscard]] constexpr T value_or(T other) const { return has_value() ? value_ : other; }
  constexpr void reset() { value_ = none; }

  friend constexpr bool operator==(const Maybe&, const Maybe&) = default;
  friend constexpr bool operator==(const Maybe& a, const std::optional<T>& b) {
    return a == Maybe(b);
  }
  friend constexpr bool operator==(const Maybe& a, std::nullopt_t) { return !a.has_value(); }
  template <std::convertible_to<T> Value>
  friend constexpr bool operator==(const Maybe& a, const Value& b) {
    return a.has_value() && a.value_ == static_cast<T>(b);
  }

 private:
  static constexpr T smallest() {
    if constexpr (requires { T::min(); }) {
      return T::min();
    } else if constexpr (requires(T value) { value.get(); }) {  // a strong number
      return T{std::numeric_limits<std::decay_t<decltype(T{}.get())>>::min()};
    } else {
      return std::numeric_limits<T>::min();
    }
  }
  static constexpr T none = smallest();

  T value_ = none;
};

}  // namespace tidemark
