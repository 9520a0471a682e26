#include "notifiers/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/utf8.h"

namespace tidemark {
namespace {

bool breaks_a_line(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
}

bool turns_text(char32_t code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
         code == 0x200E || code == 0x200F;
}

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> out;
  while (!text.empty()) out.push_back(next_code_point(text));
  return out;
}

// Each character through `escape`, which gives "" for one that stays.
template <class Escape>
std::string replaced(std::string_view text, Escape escape) {
  std::string out;
  for (const char c : text) {
    const std::string_view instead = escape(c);
    if (instead.empty()) {
      out += c;
    } else {
      out += instead;
    }
  }
  return out;
}

}  // namespace

std::string one_line(std::string_view raw, std::size_t most) {
  std::string out;
  for (std::size_t length = 0; !raw.empty(); ++length) {
    if (length == most) return out + "…";
    const char32_t code = next_code_point(raw);
    append_utf8(out, breaks_a_line(code) ? U' ' : turns_text(code) ? 0xFFFD : code);
  }
  return out;
}

std::size_t characters(std::string_view text) { return code_points(text).size(); }

std::string shortened(std::string_view text, std::size_t most, std::string_view gap) {
  const std::vector<char32_t> all = code_points(text);
  if (all.size() <= most) return std::string{text};
  const std::size_t kept = most - std::min(most, gap.size());
  const std::size_t front = (kept + 1) / 2;
  std::string out;
  for (std::size_t i = 0; i < front; ++i) append_utf8(out, all[i]);
  out += gap.substr(0, most);
  for (std::size_t i = all.size() - (kept - front); i < all.size(); ++i) append_utf8(out, all[i]);
  return out;
}

std::string without_gaps(std::string_view text) {
  std::string out;
  bool empty = true;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size() - 1);
    const std::string_view line = text.substr(0, end + 1);
    text.remove_prefix(line.size());
    const bool blank = line == "\n";
    if (!(blank && empty)) out += line;
    empty = blank;
  }
  return out;
}

std::string html_escaped(std::string_view text) {
  return replaced(text, [](char c) -> std::string_view {
    switch (c) {
      case '&':
        return "&amp;";
      case '<':
        return "&lt;";
      case '>':
        return "&gt;";
      case '"':
        return "&quot;";
      case '\'':
        return "&#39;";
      default:
        return "";
    }
  });
}

std::string json_escaped(std::string_view text) {
  using Json = nlohmann::json;
  const std::string quoted =
      Json(std::string{text}).dump(-1, ' ', false, Json::error_handler_t::replace);
  return quoted.substr(1, quoted.size() - 2);
}

std::string slack_escaped(std::string_view text) {
  return replaced(text, [](char c) -> std::string_view {
    return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : "";
  });
}

std::string without_secret(std::string text, std::string_view secret) {
  constexpr std::string_view hidden = "(hidden)";
  if (secret.size() < 4) return text;
  for (auto at = text.find(secret); at != std::string::npos;
       at = text.find(secret, at + hidden.size())) {
    text.replace(at, secret.size(), hidden);
  }
  return text;
}

}  // namespace tidemark
