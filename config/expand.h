// ${NAME} inside a text: the value of an environment variable. "$${" stands for "${" itself.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

using Environment = std::function<std::optional<std::string>(const std::string&)>;

struct Expansion {
  std::string text;
  bool replaced = false;              // some of it came from the environment: never cite it
  std::vector<std::string> problems;  // what is wrong; names variables, cites no values
};

Expansion expand(std::string_view text, const Environment& environment);

}  // namespace tidemark
