#include "config/kafka_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "config/receiver_values.h"

namespace tidemark {
namespace {

constexpr std::string_view file_suffix = "_file";

struct Setting {
  std::string key;  // dotted, without the suffix
  ConfigValue value;
  bool from_file = false;
};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

void flatten(const ConfigValue& table, const std::string& prefix, std::vector<Setting>& out) {
  for (const auto& [key, node] : table.node().entries) {
    const ConfigValue value = table.entry(key, node);
    if (node.kind == ConfigNode::Kind::table) {
      flatten(value, prefix + key + ".", out);
      continue;
    }
    const bool from_file = ends_with(key, file_suffix);
    const auto length = key.size() - (from_file ? file_suffix.size() : 0);
    out.push_back({prefix + key.substr(0, length), value, from_file});
  }
}

std::optional<std::string> text_of(const ConfigValue& value) {
  const ConfigNode& node = value.node();
  switch (node.kind) {
    case ConfigNode::Kind::text:
      return value.text();
    case ConfigNode::Kind::integer:
      return std::to_string(node.integer);
    case ConfigNode::Kind::real:
      return fmt::format("{}", node.real);
    case ConfigNode::Kind::boolean:
      return node.boolean ? "true" : "false";
    default:
      value.wrong(
          fmt::format("is {}; a setting of the Kafka client is text, a number, or true or "
                      "false (several values: text with commas)",
                      to_string(node.kind)));
      return std::nullopt;
  }
}

bool is_secret(const Setting& setting) {
  constexpr std::array<std::string_view, 6> signs{"password", "secret",      "key.pem",
                                                  "username", "oauthbearer", "token"};
  const bool outside = setting.value.node().text.find("${") != std::string::npos;
  return setting.from_file || outside ||
         std::any_of(signs.begin(), signs.end(), [&](std::string_view sign) {
           return setting.key.find(sign) != std::string::npos;
         });
}

std::string without(std::string message, const std::string& secret) {
  constexpr std::string_view hidden = "(hidden)";
  if (secret.empty()) return message;
  for (auto at = message.find(secret); at != std::string::npos;
       at = message.find(secret, at + hidden.size())) {
    message.replace(at, secret.size(), hidden);
  }
  return message;
}

void check(const Setting& setting, const std::string& text) {
  const auto& refuse = setting.value.loading().surround.check_kafka;
  std::string why = refuse ? refuse(setting.key, text) : "";
  if (why.empty()) return;
  setting.value.wrong(is_secret(setting) ? without(std::move(why), text) : std::move(why));
}

// False, and said so, if an earlier one sets the same key.
bool is_first(const std::vector<Setting>& all, const Setting& setting) {
  for (const Setting& other : all) {
    if (&other == &setting) return true;
    if (other.key != setting.key) continue;
    setting.value.wrong(fmt::format("{} is given twice: here, and in line {} as {}", setting.key,
                                    other.value.node().line, other.value.path()));
    return false;
  }
  return true;
}

}  // namespace

void read_kafka_settings(const ConfigValue& table, std::map<std::string, std::string>& settings) {
  if (!table.expect(ConfigNode::Kind::table, "a table: [cluster.kafka]")) return;
  std::vector<Setting> found;
  flatten(table, "", found);
  std::stable_sort(found.begin(), found.end(), [](const Setting& a, const Setting& b) {
    return a.value.node().line < b.value.node().line;
  });
  for (const Setting& setting : found) {
    if (!is_first(found, setting)) continue;
    const auto text = setting.from_file ? read_secret_file(setting.value) : text_of(setting.value);
    if (!text) continue;
    check(setting, *text);
    settings.emplace(setting.key, *text);
  }
}

}  // namespace tidemark
