#include "core/pattern.h"

#include <re2/re2.h>

#include <utility>

namespace tidemark {

Pattern::Pattern(std::shared_ptr<const re2::RE2> expression) : expression_(std::move(expression)) {}

Result<Pattern> Pattern::compile(const std::string& expression) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_shared<const re2::RE2>(expression, options);
  if (!compiled->ok()) {
    return Error{"not a regular expression: " + compiled->error()};
  }
  return Pattern(std::move(compiled));
}

bool Pattern::matches(std::string_view name) const {
  return re2::RE2::FullMatch(re2::StringPiece(name.data(), name.size()), *expression_);
}

const std::string& Pattern::text() const { return expression_->pattern(); }

}  // namespace tidemark
