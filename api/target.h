// The request target, taken apart and percent-decoded by us: a broken escape is an error here,
// never passed on as text, and a name may hold any byte, '/' included.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/percent.h"

namespace tidemark {

struct Target {
  std::vector<std::string> raw;       // of the path, between the slashes
  std::vector<std::string> segments;  // the same, decoded: "/a//b%2Fc" is "a", "", "b/c"
  std::string query_text;
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order

  // The path decoded as a whole.
  [[nodiscard]] std::string path() const;
};

struct TargetError {
  std::string message;
  std::string field;  // "path", or the parameter's name
};

// Takes "/path?query" and the absolute form "http://host/path?query".
std::variant<Target, TargetError> parse_target(std::string_view target);

}  // namespace tidemark
