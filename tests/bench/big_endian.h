// Numbers and strings as Kafka's protocol and records have them: appended to a string.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tidemark::bench {

inline void put(std::string& out, std::int64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) {
    out.push_back(static_cast<char>((static_cast<std::uint64_t>(value) >> (8 * i)) & 0xFF));
  }
}

inline void put_string(std::string& out, std::string_view text) {
  put(out, static_cast<std::int64_t>(text.size()), 2);
  out += text;
}

// Zigzag, as in records.
inline void put_varint(std::string& out, std::int64_t value) {
  auto left = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
  for (; left >= 0x80; left >>= 7) out.push_back(static_cast<char>(left | 0x80));
  out.push_back(static_cast<char>(left));
}

inline std::int64_t number_at(std::string_view bytes, std::size_t at, int width) {
  std::uint64_t out = 0;
  for (int i = 0; i < width; ++i) {
    out = (out << 8) | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  }
  const int unused = 64 - 8 * width;
  return static_cast<std::int64_t>(out << unused) >> unused;
}

}  // namespace tidemark::bench
