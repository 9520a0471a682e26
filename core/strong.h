// A value with a name of its own: a group is not a topic and an offset is not a count, and the
// compiler knows. No implicit way in or out; comparison and hashing follow the wrapped value.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <utility>

namespace tidemark {

template <class Tag, class Rep>
class Strong {
 public:
  constexpr Strong() = default;
  constexpr explicit Strong(Rep value) : value_(std::move(value)) {}

  [[nodiscard]] constexpr const Rep& get() const { return value_; }

  friend constexpr auto operator<=>(const Strong&, const Strong&) = default;

 private:
  Rep value_{};
};

}  // namespace tidemark

template <class Tag, class Rep>
struct std::hash<tidemark::Strong<Tag, Rep>> {
  std::size_t operator()(const tidemark::Strong<Tag, Rep>& key) const {
    return std::hash<Rep>{}(key.get());
  }
};
