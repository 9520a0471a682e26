#include "config/utf8.h"

#include <array>

namespace tidemark {
namespace {

// By the number of bytes: what marks the first byte, and the least code that needs so many.
struct Length {
  unsigned mask;
  unsigned mark;
  char32_t least;
};
constexpr std::array<Length, 4> lengths{
    {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}}};

unsigned byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_character(char32_t code, char32_t least) {
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  return code >= least && code <= 0x10ffff && !surrogate;
}

}  // namespace

std::optional<Utf8Char> first_utf8(std::string_view text) {
  if (text.empty()) return std::nullopt;
  for (std::size_t bytes = 1; bytes <= lengths.size(); ++bytes) {
    const auto [mask, mark, least] = lengths.at(bytes - 1);
    if ((byte_at(text, 0) & mask) != mark) continue;
    if (text.size() < bytes) return std::nullopt;
    char32_t code = byte_at(text, 0) & ~mask & 0xffU;
    for (std::size_t i = 1; i < bytes; ++i) {
      if ((byte_at(text, i) & 0xc0U) != 0x80U) return std::nullopt;
      code = (code << 6U) | (byte_at(text, i) & 0x3fU);
    }
    if (!is_character(code, least)) return std::nullopt;
    return Utf8Char{code, bytes};
  }
  return std::nullopt;
}

std::optional<std::size_t> first_not_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto character = first_utf8(text.substr(at));
    if (!character) return at;
    at += character->bytes;
  }
  return std::nullopt;
}

}  // namespace tidemark
