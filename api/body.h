// Reads the JSON object that a change is sent with. A field that the route does not know, one of a
// bad kind and one with a bad value are each refused by name. An empty body is {}.
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/replies.h"
#include "core/time.h"

namespace tidemark {

class BodyReader {
 public:
  BodyReader(const std::string& body, std::initializer_list<std::string_view> known);
  ~BodyReader();
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;

  // Null: it is not there, or null itself. One line of 1,000 bytes at most.
  std::optional<std::string> text(std::string_view name);
  std::map<std::string, std::string> texts(std::string_view name);  // {"team": "checkout"}
  std::optional<Instant> instant(std::string_view name);            // milliseconds since the epoch
  std::optional<Duration> span(std::string_view name);              // "2h"

  void refuse(std::string_view name, std::string message, std::string_view code = "bad_parameter");
  // The first thing that was wrong.
  [[nodiscard]] const std::optional<Refusal>& refusal() const { return refusal_; }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::optional<Refusal> refusal_;
};

}  // namespace tidemark
