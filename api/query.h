// Reads the query parameters of a native route. A parameter that the route does not know, one given
// twice and one with a bad value are each refused by name.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "api/replies.h"
#include "api/target.h"
#include "core/time.h"

namespace tidemark {

class QueryReader {
 public:
  QueryReader(const Target& target, std::initializer_list<std::string_view> known);

  [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
  // Within the bounds, else it notes a refusal and answers `otherwise`, as without the parameter.
  int number(std::string_view name, int low, int high, int otherwise);
  // Milliseconds since the epoch; null without the parameter.
  std::optional<Instant> instant(std::string_view name);
  // "30s", from 1 s to ten years; null without the parameter.
  std::optional<Duration> span(std::string_view name);
  bool flag(std::string_view name, bool otherwise);  // "true" or "false"

  void refuse(std::string_view name, std::string message, std::string_view code = "bad_parameter");
  // The first thing that was wrong.
  [[nodiscard]] const std::optional<Refusal>& refusal() const { return refusal_; }

 private:
  const Target& target_;
  std::optional<Refusal> refusal_;
};

}  // namespace tidemark
