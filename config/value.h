// One value while it is read: it converts itself, or says what is wrong with it under its line and
// path. Lives no longer than the tree and the loading it belongs to. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "config/node.h"
#include "config/problems.h"

namespace tidemark {

struct Loading {
  Problems& problems;
  const Surround& surround;
};

class ConfigValue {
 public:
  ConfigValue(const ConfigNode& node, std::string path, Loading& loading)
      : node_(&node), path_(std::move(path)), loading_(&loading) {}

  [[nodiscard]] const ConfigNode& node() const { return *node_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] Loading& loading() const { return *loading_; }

  [[nodiscard]] ConfigValue entry(const std::string& key, const ConfigNode& node) const;
  [[nodiscard]] ConfigValue item(std::size_t index, const ConfigNode& node) const;
  // `key` of this table does not exist, say.
  void wrong_at(const std::string& key, std::string message) const;
  void wrong(std::string message) const;
  // How a message names a part of this value: what came from the environment is not shown.
  [[nodiscard]] std::string cite(std::string_view part) const;

  // False, and said so, if it is of another kind. `wanted`: "a list of tables: [[cluster]]".
  [[nodiscard]] bool expect(ConfigNode::Kind kind, std::string_view wanted) const;
  // With ${…} replaced; null if that can't be done.
  [[nodiscard]] std::optional<std::string> text() const;

  // Each leaves the target as it is if the value is wrong. The bounds are inclusive.
  void into(std::string& target) const;
  void into(bool& target) const;
  void into(int& target, int low, int high) const;
  void into(std::int64_t& target, std::int64_t low, std::int64_t high) const;
  void into(std::uint64_t& target, std::uint64_t low, std::uint64_t high) const;
  void into(double& target, double low, double high) const;
  void into(Duration& target, Duration low, Duration high) const;

 private:
  [[nodiscard]] std::optional<std::int64_t> whole(std::int64_t low, std::int64_t high) const;

  const ConfigNode* node_;
  std::string path_;
  Loading* loading_;
};

}  // namespace tidemark
