// One section of a burrow.toml while it is translated: its values as Burrow reads them, whatever
// the letter case of their keys, and which of them nobody asked for. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/node.h"

namespace tidemark {

class BurrowSection {
 public:
  // `path`: "notifier.mail". `node` (null: the section is not there) outlives it.
  BurrowSection(std::string path, const ConfigNode* node) : path_(std::move(path)), node_(node) {}

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool exists() const { return node_ != nullptr; }
  // The environment variable by which Burrow takes `key` of this section.
  [[nodiscard]] std::string variable(std::string_view key) const;

  // Empty, null or false where it is not given. Numbers and booleans in quotes count, too.
  std::string text(std::string_view key);
  std::optional<std::int64_t> number(std::string_view key);
  bool flag(std::string_view key);
  // A list, or one text of several with blanks or commas between.
  std::vector<std::string> list(std::string_view key);
  // Tables in it, by their names in lower case.
  std::vector<BurrowSection> tables();
  BurrowSection table(std::string_view key);
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
  // Is read, and means nothing here.
  void pass_over(std::initializer_list<std::string_view> keys);

  // Keys that are there and were not asked for.
  [[nodiscard]] std::vector<std::string> left() const;
  [[nodiscard]] const std::vector<ConfigEntry>& entries() const;

 private:
  [[nodiscard]] const ConfigNode* find(std::string_view key) const;

  std::string path_;
  const ConfigNode* node_;
  std::set<std::string> asked_;
};

// "a, b c" to its parts.
std::vector<std::string> parts_of(std::string_view text);

}  // namespace tidemark
