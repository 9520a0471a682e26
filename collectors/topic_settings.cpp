#include "collectors/topic_settings.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tidemark {
namespace {

constexpr char retention_ms[] = "retention.ms";
constexpr char retention_bytes[] = "retention.bytes";
constexpr char cleanup_policy[] = "cleanup.policy";
constexpr char timestamp_type[] = "message.timestamp.type";

// −1 means without limit.
std::optional<std::int64_t> limit(const std::map<std::string, std::string>& values,
                                  const char* key) {
  const auto found = values.find(key);
  if (found == values.end()) return std::nullopt;
  const std::string& text = found->second;
  std::int64_t value = -1;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || value < 0) return std::nullopt;
  return value;
}

// "compact,delete"
bool lists(std::string_view text, std::string_view word) {
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view each = text.substr(0, comma);
    while (each.starts_with(' ')) each.remove_prefix(1);
    while (each.ends_with(' ')) each.remove_suffix(1);
    if (each == word) return true;
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return false;
}

}  // namespace

const std::vector<std::string>& retention_keys() {
  static const std::vector<std::string> keys{retention_ms, retention_bytes, cleanup_policy,
                                             timestamp_type};
  return keys;
}

TopicSettings read_topic_settings(const std::map<std::string, std::string>& values) {
  TopicSettings out;
  // More than a few thousand years is for ever, and would overflow when added to an instant.
  constexpr std::int64_t for_ever = std::int64_t{1} << 47;
  if (const auto ms = limit(values, retention_ms); ms && *ms < for_ever) {
    out.retention = Duration{*ms};
  }
  out.retention_bytes = limit(values, retention_bytes);
  if (const auto found = values.find(cleanup_policy); found != values.end()) {
    out.deletes = lists(found->second, "delete");
    out.compacts = lists(found->second, "compact");
  }
  if (const auto found = values.find(timestamp_type); found != values.end()) {
    out.log_append_time = found->second == "LogAppendTime";
  }
  return out;
}

}  // namespace tidemark
