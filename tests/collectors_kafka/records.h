// Records of the offsets topic as a broker writes them, for tests.
#pragma once

#include <cstdint>
#include <string>

namespace tidemark::test {

template <class Integer>
void append_big_endian(std::string& out, Integer value) {
  for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(static_cast<std::uint64_t>(value) >> shift);
  }
}

inline void append_text(std::string& out, const std::string& text) {
  append_big_endian(out, static_cast<std::int16_t>(text.size()));
  out += text;
}

// OffsetCommitKey, type 1.
inline std::string commit_key(const std::string& group, const std::string& topic,
                              std::int32_t partition) {
  std::string out;
  append_big_endian(out, std::int16_t{1});
  append_text(out, group);
  append_text(out, topic);
  append_big_endian(out, partition);
  return out;
}

// OffsetCommitValue, version 3.
inline std::string commit_value(std::int64_t offset, std::int64_t time_ms) {
  std::string out;
  append_big_endian(out, std::int16_t{3});
  append_big_endian(out, offset);
  append_big_endian(out, std::int32_t{-1});
  append_text(out, "");
  append_big_endian(out, time_ms);
  return out;
}

// GroupMetadataKey, type 2.
inline std::string group_key(const std::string& group) {
  std::string out;
  append_big_endian(out, std::int16_t{2});
  append_text(out, group);
  return out;
}

}  // namespace tidemark::test
