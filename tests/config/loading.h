// What the tests of the loader share: loading without a world outside.
#pragma once

#include <map>
#include <string>

#include "config/config.h"

namespace tidemark {

// Environment and Kafka client as literals.
struct Outside {
  std::map<std::string, std::string> variables;
  std::map<std::string, std::string> refused;  // Kafka key -> why

  [[nodiscard]] Surround surround() const {
    return {[this](const std::string& name) -> std::optional<std::string> {
              const auto found = variables.find(name);
              if (found == variables.end()) return std::nullopt;
              return found->second;
            },
            [this](const std::string& key, const std::string&) {
              const auto found = refused.find(key);
              return found == refused.end() ? std::string{} : found->second;
            }};
  }
};

inline Loaded load_text(const std::string& text, const Outside& outside = {}) {
  return parse_config(text, "t.toml", outside.surround());
}

inline std::string texts_of(const Loaded& loaded) {
  std::string out;
  for (const Problem& problem : loaded.problems) out += problem.text() + "\n";
  return out;
}

// The least that is a configuration; two lines longer than `[[cluster]]`.
inline const std::string one_cluster = "[[cluster]]\nname = \"PROD\"\nbootstrap = \"k:9092\"\n";

}  // namespace tidemark
