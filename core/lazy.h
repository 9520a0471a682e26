// A value that is worked out when somebody first asks for it, once, and then shared by all who ask.
// Part of an immutable picture: `make` must give the same at any time. A copy begins without it.
#pragma once

#include <mutex>
#include <optional>

namespace tidemark {

template <class T>
class Lazy {
 public:
  Lazy() = default;
  Lazy(const Lazy&) {}
  Lazy& operator=(const Lazy&) = delete;
  ~Lazy() = default;

  // Any thread; those who come while it is being made wait for it.
  template <class Make>
  const T& get(Make make) const {
    std::call_once(made_, [&] { value_.emplace(make()); });
    return *value_;
  }

 private:
  mutable std::once_flag made_;
  mutable std::optional<T> value_;
};

}  // namespace tidemark
