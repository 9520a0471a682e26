#include "api/utf8.h"

namespace tidemark {
namespace {

struct Lead {
  std::size_t length;
  unsigned char second_low;  // bounds of the second byte: no overlong form, surrogate or > U+10FFFF
  unsigned char second_high;
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, 0, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) return 0;
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const Lead lead = lead_of(at(0));
  if (lead.length <= 1) return lead.length;
  if (text.size() < lead.length || at(1) < lead.second_low || at(1) > lead.second_high) return 0;
  for (std::size_t i = 2; i < lead.length; ++i) {
    if (at(i) < 0x80 || at(i) > 0xBF) return 0;
  }
  return lead.length;
}

}  // namespace tidemark
