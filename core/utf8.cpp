#include "core/utf8.h"

#include <cstdint>

namespace tidemark {
namespace {

constexpr char32_t replacement = 0xFFFD;

// How a code point goes on after its first byte.
struct Lead {
  std::size_t more = 0;         // bytes after the first
  char32_t bits = 0;            // that the first contributes
  std::uint8_t lowest = 0x80;   // of the second byte: no overlong forms,
  std::uint8_t highest = 0xBF;  // no surrogates, nothing beyond U+10FFFF
  bool valid = true;
};

Lead lead_of(std::uint8_t first) {
  if (first < 0x80) return {0, first};
  if (first < 0xC2 || first > 0xF4) return {0, 0, 0, 0, false};
  if (first < 0xE0) return {1, first & 0x1FU};
  const std::uint8_t lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const std::uint8_t highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (first < 0xF0) return {2, first & 0x0FU, lowest, highest};
  return {3, first & 0x07U, lowest, highest};
}

// What stands at the front of `text` (not empty); if it is no character, the bytes of the broken
// one.
struct Front {
  Utf8Char character;
  bool valid = false;
};

Front read_front(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  const Lead lead = lead_of(byte(0));
  if (!lead.valid) return {{replacement, 1}, false};
  char32_t code = lead.bits;
  for (std::size_t at = 1; at <= lead.more; ++at) {
    const std::uint8_t lowest = at == 1 ? lead.lowest : 0x80;
    const std::uint8_t highest = at == 1 ? lead.highest : 0xBF;
    if (at == text.size() || byte(at) < lowest || byte(at) > highest) {
      return {{replacement, at}, false};
    }
    code = (code << 6U) | (byte(at) & 0x3FU);
  }
  return {{code, lead.more + 1}, true};
}

}  // namespace

std::optional<Utf8Char> first_utf8(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const Front front = read_front(text);
  if (!front.valid) return std::nullopt;
  return front.character;
}

std::optional<std::size_t> first_not_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto character = first_utf8(text.substr(at));
    if (!character) return at;
    at += character->bytes;
  }
  return std::nullopt;
}

char32_t next_code_point(std::string_view& text) {
  const Front front = read_front(text);
  text.remove_prefix(front.character.bytes);
  return front.character.code;
}

void append_utf8(std::string& out, char32_t code) {
  const auto tail = [&](unsigned shift) {
    out += static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
  };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | (code >> 6U));
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | (code >> 12U));
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xF0U | (code >> 18U));
    tail(12), tail(6), tail(0);
  }
}

}  // namespace tidemark
