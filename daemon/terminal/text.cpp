#include "daemon/terminal/text.h"

#include <fmt/format.h>
#include <wchar.h>

#include <clocale>
#include <optional>

#include "core/utf8.h"

namespace tidemark::terminal {
namespace {

// The C library's table of widths belongs to a locale; this one is on every system with UTF-8.
locale_t unicode() {
  static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return locale;
}

// Null for what a terminal can't simply show.
std::optional<std::size_t> width_of(char32_t code) {
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return std::nullopt;
  if (code < 0x7f || unicode() == nullptr) return 1;
  const locale_t before = uselocale(unicode());
  const int width = wcwidth(static_cast<wchar_t>(code));
  uselocale(before);
  if (width < 0) return std::nullopt;
  return static_cast<std::size_t>(width);
}

// Shown as nothing, yet they change what stands around them, or make two names look the same. A
// joiner inside an emoji is not one of them.
bool deceives(char32_t code) {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
         code == 0x200b || code == 0x200e || code == 0x200f || code == 0x2028 || code == 0x2029 ||
         code == 0x2060 || code == 0xfeff || code == 0xad || (code >= 0xe0000 && code <= 0xe00ff);
}

std::string escaped(char32_t code) {
  if (code == '\n') return "\\n";
  if (code == '\r') return "\\r";
  if (code == '\t') return "\\t";
  const auto number = static_cast<unsigned>(code);
  return code < 0x80 ? fmt::format("\\x{:02x}", number) : fmt::format("\\u{{{:x}}}", number);
}

}  // namespace

std::size_t width_of(std::string_view text) {
  std::size_t out = 0;
  while (!text.empty()) {
    const auto character = first_utf8(text);
    out += character ? width_of(character->code).value_or(0) : 1;
    text.remove_prefix(character ? character->bytes : 1);
  }
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto character = first_utf8(text);
    if (!character) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
      continue;
    }
    const bool plain = width_of(character->code).has_value() && !deceives(character->code);
    out += plain ? std::string{text.substr(0, character->bytes)} : escaped(character->code);
    text.remove_prefix(character->bytes);
  }
  return out;
}

std::string cut(std::string_view text, std::size_t width) {
  if (width_of(text) <= width) return std::string{text};
  if (width == 0) return "";
  std::size_t used = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const auto character = first_utf8(text.substr(end));
    const std::size_t next = character ? width_of(character->code).value_or(0) : 1;
    if (used + next + 1 > width) break;
    used += next;
    end += character ? character->bytes : 1;
  }
  return std::string{text.substr(0, end)} + "…";
}

std::string padded(std::string_view text, std::size_t width, bool right) {
  const std::size_t used = width_of(text);
  const std::string blanks(used < width ? width - used : 0, ' ');
  return right ? blanks + std::string{text} : std::string{text} + blanks;
}

}  // namespace tidemark::terminal
