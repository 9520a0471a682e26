#include "collectors/utf8.h"

#include <cstddef>
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

}  // namespace

char32_t next_code_point(std::string_view& text) {
  const Lead lead = lead_of(static_cast<std::uint8_t>(text.front()));
  text.remove_prefix(1);
  if (!lead.valid) return replacement;
  char32_t code_point = lead.bits;
  for (std::size_t i = 0; i < lead.more; ++i) {
    const auto next = text.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(text.front());
    if (next < (i == 0 ? lead.lowest : 0x80) || next > (i == 0 ? lead.highest : 0xBF)) {
      return replacement;
    }
    code_point = (code_point << 6U) | (next & 0x3FU);
    text.remove_prefix(1);
  }
  return code_point;
}

}  // namespace tidemark
