// Every key that a configuration may have: what the loader accepts, for documents to be held
// against.
#pragma once

#include <string_view>
#include <vector>

namespace tidemark {

struct KeyInfo {
  std::string_view section;  // "http", …, "cluster", "receiver.email"
  std::string_view key;
  std::string_view sample;  // as TOML: the default, or an example where the key has to be given
  bool required = false;
};

// In the order in which they are documented.
const std::vector<KeyInfo>& known_keys();

// "[http]", "[[cluster]]"
std::string_view header_of(std::string_view section);

}  // namespace tidemark
