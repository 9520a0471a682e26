#include "config/value.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "config/expand.h"
#include "core/duration.h"

namespace tidemark {
namespace {

std::string below(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

constexpr std::string_view durations_are = R"(write "10s", "5m" or "2h")";

}  // namespace

ConfigValue ConfigValue::entry(const std::string& key, const ConfigNode& node) const {
  return {node, below(path_, key), *loading_};
}

ConfigValue ConfigValue::item(std::size_t index, const ConfigNode& node) const {
  return {node, path_ + "[" + std::to_string(index) + "]", *loading_};
}

void ConfigValue::wrong_at(const std::string& key, std::string message) const {
  loading_->problems.add(node_->line, below(path_, key), std::move(message));
}

void ConfigValue::wrong(std::string message) const {
  loading_->problems.add(node_->line, path_, std::move(message));
}

std::string ConfigValue::cite(std::string_view part) const {
  const bool from_outside = node_->text.find("${") != std::string::npos;
  return quote(from_outside ? std::string_view{node_->text} : part);
}

bool ConfigValue::expect(ConfigNode::Kind kind, std::string_view wanted) const {
  if (node_->kind == kind) return true;
  wrong(fmt::format("is {}; it has to be {}", to_string(node_->kind), wanted));
  return false;
}

std::optional<std::string> ConfigValue::text() const {
  if (!expect(ConfigNode::Kind::text, "text in quotes")) return std::nullopt;
  Expansion expansion = expand(node_->text, loading_->surround.environment);
  for (std::string& problem : expansion.problems) wrong(std::move(problem));
  if (!expansion.problems.empty()) return std::nullopt;
  return std::move(expansion.text);
}

void ConfigValue::into(std::string& target) const {
  if (auto value = text()) target = std::move(*value);
}

void ConfigValue::into(bool& target) const {
  if (expect(ConfigNode::Kind::boolean, "true or false, without quotes")) target = node_->boolean;
}

std::optional<std::int64_t> ConfigValue::whole(std::int64_t low, std::int64_t high) const {
  if (!expect(ConfigNode::Kind::integer, "a whole number, without quotes")) return std::nullopt;
  if (node_->integer >= low && node_->integer <= high) return node_->integer;
  const bool open = high == std::numeric_limits<std::int64_t>::max();
  wrong(open ? fmt::format("{} is too small; it has to be {} or more", node_->integer, low)
             : fmt::format("{} is out of range; it has to be {} to {}", node_->integer, low, high));
  return std::nullopt;
}

void ConfigValue::into(int& target, int low, int high) const {
  if (const auto value = whole(low, high)) target = static_cast<int>(*value);
}

void ConfigValue::into(std::int64_t& target, std::int64_t low, std::int64_t high) const {
  if (const auto value = whole(low, high)) target = *value;
}

void ConfigValue::into(std::uint64_t& target, std::uint64_t low, std::uint64_t high) const {
  const auto value = whole(static_cast<std::int64_t>(low), static_cast<std::int64_t>(high));
  if (value) target = static_cast<std::uint64_t>(*value);
}

void ConfigValue::into(double& target, double low, double high) const {
  const bool whole = node_->kind == ConfigNode::Kind::integer;
  if (!whole && !expect(ConfigNode::Kind::real, "a number, without quotes")) return;
  const double value = whole ? static_cast<double>(node_->integer) : node_->real;
  if (value >= low && value <= high) {
    target = value;
  } else {
    wrong(fmt::format("{} is out of range; it has to be {} to {}", value, low, high));
  }
}

void ConfigValue::into(Duration& target, Duration low, Duration high) const {
  if (node_->kind == ConfigNode::Kind::integer) {
    wrong(fmt::format("{} has no unit; a duration is text: {}", node_->integer, durations_are));
    return;
  }
  const auto written = text();
  if (!written) return;
  const auto span = parse_duration(*written);
  if (!span) {
    wrong(fmt::format("{} is not a duration; {}", cite(*written), durations_are));
  } else if (*span < low || *span > high) {
    wrong(fmt::format("{} is out of range; it has to be {} to {}", cite(*written),
                      write_duration(low), write_duration(high)));
  } else {
    target = *span;
  }
}

}  // namespace tidemark
