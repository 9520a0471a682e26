#include "core/ids.h"

#include <string_view>

namespace tidemark {

std::string to_string(const TopicUuid& id) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  unsigned bits = 0;
  unsigned held = 0;
  for (const unsigned byte : id) {
    bits = (bits << 8U) | byte;
    held += 8;
    while (held >= 6) {
      held -= 6;
      text += alphabet[(bits >> held) & 63U];
    }
  }
  text += alphabet[(bits << (6 - held)) & 63U];
  return text;
}

}  // namespace tidemark
