// A value, or the reason why there is none. For failures that are expected at an edge: network,
// file, HTTP, foreign bytes. A broken invariant is not one of them.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace tidemark {

// `message` is one English sentence that names the thing concerned; each hop may put its context in
// front of it with `within`.
struct Error {
  std::string message;

  [[nodiscard]] Error within(const std::string& context) const {
    return Error{context + ": " + message};
  }
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : content_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Each may be called only on the side that it names.
  T& value() { return std::get<0>(content_); }
  const T& value() const { return std::get<0>(content_); }
  [[nodiscard]] const Error& error() const { return std::get<1>(content_); }

 private:
  std::variant<T, Error> content_;
};

struct Done {};
using Status = Result<Done>;

}  // namespace tidemark
