#include "api/target.h"

#include <algorithm>
#include <optional>

namespace tidemark {
namespace {

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
