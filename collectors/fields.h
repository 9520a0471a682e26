// Fields that own what they hold, and arrays of them. Memory is bounded by the bytes that are
// there, not by the count that an array claims.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/byte_reader.h"

namespace tidemark {

inline std::optional<std::string> owned(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  return std::string(*text);
}

// `read(reader)` gives one element.
template <class Read>
auto read_elements(ByteReader& reader, std::int32_t count, Read read) {
  std::vector<decltype(read(reader))> out;
  for (std::int32_t i = 0; i < count && reader.ok(); ++i) out.push_back(read(reader));
  return out;
}

inline std::vector<std::string> read_strings(ByteReader& reader, const char* field) {
  return read_elements(reader, reader.array(field),
                       [&](ByteReader& r) { return std::string(r.string(field)); });
}

inline std::vector<std::int32_t> read_int32s(ByteReader& reader, const char* field) {
  return read_elements(reader, reader.array(field), [&](ByteReader& r) { return r.int32(field); });
}

}  // namespace tidemark
