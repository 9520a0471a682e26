// From the configuration of LinkedIn's Burrow (burrow.toml) to one of Tidemark: clusters and how to
// reach them, rules, lists of groups, notifiers. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidemark {

struct BurrowImport {
  // A whole configuration. It holds no secrets: they are ${VARIABLES}, called as Burrow itself
  // takes them from the environment.
  std::string toml;
  // What could not be translated, what is otherwise, and what is left to do; a sentence each, which
  // begins with the section and cites no secret.
  std::vector<std::string> notes;
  std::vector<std::string> variables;  // to be set
};

// The error is that of a text that is no TOML.
Result<BurrowImport> import_burrow(std::string_view text);

}  // namespace tidemark
