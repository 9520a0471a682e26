#include "config/expand.h"

#include <algorithm>

namespace tidemark {
namespace {

bool is_name(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  if (text.empty() || !letter(text.front())) return false;
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

void replace(std::string_view name, const Environment& environment, Expansion& out) {
  if (!is_name(name)) {
    out.problems.emplace_back(
        "what stands in ${…} is no name of a variable; for \"${\" itself write \"$${\"");
    return;
  }
  const auto value = environment(std::string{name});
  if (!value) {
    out.problems.push_back("the environment variable " + std::string{name} + " is not set");
    return;
  }
  out.text += *value;
  out.replaced = true;
}

}  // namespace

Expansion expand(std::string_view text, const Environment& environment) {
  Expansion out;
  while (!text.empty()) {
    const auto at = text.find("${");
    if (at == std::string_view::npos) break;
    const bool escaped = at > 0 && text[at - 1] == '$';
    out.text += text.substr(0, escaped ? at - 1 : at);
    if (escaped) out.text += "${";
    text.remove_prefix(at + 2);
    if (escaped) continue;
    const auto end = text.find('}');
    if (end == std::string_view::npos) {
      out.problems.emplace_back("\"${\" is not closed by \"}\"; for \"${\" itself write \"$${\"");
      return out;
    }
    replace(text.substr(0, end), environment, out);
    text.remove_prefix(end + 1);
  }
  out.text += text;
  return out;
}

}  // namespace tidemark
