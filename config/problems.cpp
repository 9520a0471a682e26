#include "config/problems.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t longest_citation = 100;

// So that a problem stays on its line, whatever stands in a key.
std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

}  // namespace

std::string quote(std::string_view text) {
  std::string_view shown = text;
  if (text.size() > longest_citation) {
    std::size_t end = longest_citation;
    while (end > 0 && continues(text[end])) --end;
    shown = text.substr(0, end);
  }
  return "\"" + on_one_line(shown) + (shown.size() < text.size() ? "…\"" : "\"");
}

std::string Problem::text() const {
  std::string out = file;
  if (line != 0) out += ":" + std::to_string(line);
  if (!key.empty()) out += ": " + key;
  return on_one_line(out + ": " + message);
}

void Problems::add(std::uint32_t line, std::string key, std::string message) {
  found_.push_back({file_, line, std::move(key), std::move(message)});
}

std::vector<Problem> Problems::take() {
  std::stable_sort(found_.begin(), found_.end(),
                   [](const Problem& a, const Problem& b) { return a.line < b.line; });
  return std::exchange(found_, {});
}

}  // namespace tidemark
