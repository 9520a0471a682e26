// A regular expression written by a user (RE2: linear time, no surprises). It matches the full name
// or not at all. Immutable; any thread may match.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"

namespace re2 {
class RE2;
}

namespace tidemark {

class Pattern {
 public:
  // The error says what is wrong with the expression and where.
  static Result<Pattern> compile(const std::string& expression);

  [[nodiscard]] bool matches(std::string_view name) const;
  [[nodiscard]] const std::string& text() const;

 private:
  explicit Pattern(std::shared_ptr<const re2::RE2> expression);

  std::shared_ptr<const re2::RE2> expression_;
};

}  // namespace tidemark
