#include "api/target.h"

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

bool unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view without_origin(std::string_view target) {
  const std::size_t scheme = target.find("://");
  if (target.empty() || target.front() == '/' || scheme == std::string_view::npos) return target;
  const std::size_t path = target.find_first_of("/?", scheme + 3);
  return path == std::string_view::npos ? "/" : target.substr(path);
}

std::string broken_escape(std::string_view text) {
  return "\"" + std::string(text) +
         "\" has a broken percent-escape: after '%' come two hexadecimal digits ('%' itself is "
         "%25)";
}

std::optional<TargetError> take_path(std::string_view path, Target& into) {
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  for (const std::string_view part : split(path, '/')) {
    auto decoded = percent_decode(part);
    if (!decoded) return TargetError{broken_escape(part), "path"};
    into.raw.emplace_back(part);
    into.segments.push_back(std::move(*decoded));
  }
  return std::nullopt;
}

std::optional<TargetError> take_query(std::string_view query, Target& into) {
  into.query_text = query;
  for (const std::string_view part : split(query, '&')) {
    if (part.empty()) continue;
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string_view name = part.substr(0, equals);
    const std::string_view value = part.substr(std::min(equals + 1, part.size()));
    auto decoded_name = percent_decode(name, true);
    if (!decoded_name) return TargetError{broken_escape(name), std::string(name)};
    auto decoded = percent_decode(value, true);
    if (!decoded) return TargetError{broken_escape(value), *decoded_name};
    into.query.emplace_back(std::move(*decoded_name), std::move(*decoded));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool form) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += form && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const auto high = hex_digit(text[i + 1]);
    const auto low = hex_digit(text[i + 2]);
    if (!high || !low) return std::nullopt;
    out += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
  }
  return out;
}

std::string Target::path() const {
  std::string out;
  for (const std::string& segment : segments) out += "/" + segment;
  return out;
}

std::variant<Target, TargetError> parse_target(std::string_view target) {
  target = without_origin(target);
  Target out;
  const std::size_t question = std::min(target.find('?'), target.size());
  if (auto error = take_path(target.substr(0, question), out)) return *error;
  const std::string_view query = target.substr(std::min(question + 1, target.size()));
  if (auto error = take_query(query, out)) return *error;
  return out;
}

}  // namespace tidemark
