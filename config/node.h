// One value of a configuration file and the line that it stands on: what is left of TOML once it is
// read, so that one file alone knows the TOML library. A passive tree that its holder owns.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.h"

namespace tidemark {

struct ConfigEntry;

struct ConfigNode {
  enum class Kind : std::uint8_t { table, list, text, integer, real, boolean, time };

  Kind kind = Kind::table;
  std::uint32_t line = 0;  // of its key or header, from 1
  std::string text;        // kind text
  std::int64_t integer = 0;
  double real = 0;
  bool boolean = false;
  std::vector<ConfigNode> items;     // kind list
  std::vector<ConfigEntry> entries;  // kind table, by key

  // Null if there is none; of a table only.
  [[nodiscard]] const ConfigNode* find(std::string_view key) const;
};

struct ConfigEntry {
  std::string key;
  ConfigNode node;
};

// For people: "text", "a whole number", …
std::string_view to_string(ConfigNode::Kind kind);

// The tree, or the one syntax error (without a file name), in a sentence that cites no value.
std::variant<ConfigNode, Problem> parse_toml(std::string_view text);

}  // namespace tidemark
