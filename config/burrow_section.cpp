#include "config/burrow_section.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "config/cluster_name.h"

namespace tidemark {
namespace {

std::string text_of(const ConfigNode& node) {
  switch (node.kind) {
    case ConfigNode::Kind::text:
      return node.text;
    case ConfigNode::Kind::integer:
      return std::to_string(node.integer);
    case ConfigNode::Kind::real:
      return std::to_string(node.real);
    case ConfigNode::Kind::boolean:
      return node.boolean ? "true" : "false";
    default:
      return "";
  }
}

}  // namespace

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> out{""};
  for (const char c : text) {
    if (c == ',' || std::isspace(static_cast<unsigned char>(c)) != 0) {
      if (!out.back().empty()) out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

const ConfigNode* BurrowSection::find(std::string_view key) const {
  if (node_ == nullptr) return nullptr;
  for (const ConfigEntry& entry : node_->entries) {
    if (folded(entry.key) == key) return &entry.node;
  }
  return nullptr;
}

std::string BurrowSection::variable(std::string_view key) const {
  std::string out = "BURROW_" + path_ + "_" + std::string{key};
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 ? static_cast<char>(std::toupper(byte)) : '_';
  });
  return out;
}

std::string BurrowSection::text(std::string_view key) {
  asked_.emplace(key);
  const ConfigNode* found = find(key);
  return found != nullptr ? text_of(*found) : "";
}

std::optional<std::int64_t> BurrowSection::number(std::string_view key) {
  const std::string digits = text(key);
  std::int64_t out = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, out);
  if (digits.empty() || error != std::errc{} || stop != end) return std::nullopt;
  return out;
}

bool BurrowSection::flag(std::string_view key) {
  const std::string word = folded(text(key));
  return word == "true" || word == "1" || word == "t";
}

std::vector<std::string> BurrowSection::list(std::string_view key) {
  asked_.emplace(key);
  const ConfigNode* found = find(key);
  if (found == nullptr) return {};
  if (found->kind != ConfigNode::Kind::list) return parts_of(text_of(*found));
  std::vector<std::string> out;
  for (const ConfigNode& item : found->items) out.push_back(text_of(item));
  return out;
}

std::vector<BurrowSection> BurrowSection::tables() {
  std::vector<BurrowSection> out;
  for (const ConfigEntry& entry : entries()) {
    if (entry.node.kind != ConfigNode::Kind::table) continue;
    asked_.insert(folded(entry.key));
    out.emplace_back((path_.empty() ? "" : path_ + ".") + folded(entry.key), &entry.node);
  }
  return out;
}

BurrowSection BurrowSection::table(std::string_view key) {
  asked_.emplace(key);
  const ConfigNode* found = find(key);
  const bool table = found != nullptr && found->kind == ConfigNode::Kind::table;
  return {(path_.empty() ? "" : path_ + ".") + std::string{key}, table ? found : nullptr};
}

void BurrowSection::pass_over(std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) asked_.emplace(key);
}

std::vector<std::string> BurrowSection::left() const {
  std::vector<std::string> out;
  for (const ConfigEntry& entry : entries()) {
    if (asked_.count(folded(entry.key)) == 0) out.push_back(entry.key);
  }
  return out;
}

const std::vector<ConfigEntry>& BurrowSection::entries() const {
  static const std::vector<ConfigEntry> none;
  return node_ != nullptr ? node_->entries : none;
}

}  // namespace tidemark
