// Writes keys and values of the offsets topic as Kafka's serialization lays them out, field by
// field.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tidemark::testing {

class RecordBytes {
 public:
  RecordBytes& i8(std::int64_t value) { return big_endian(value, 1); }
  RecordBytes& i16(std::int64_t value) { return big_endian(value, 2); }
  RecordBytes& i32(std::int64_t value) { return big_endian(value, 4); }
  RecordBytes& i64(std::int64_t value) { return big_endian(value, 8); }
  RecordBytes& raw(std::string_view bytes) {
    bytes_ += bytes;
    return *this;
  }

  RecordBytes& string(std::string_view text) {
    return i16(static_cast<std::int64_t>(text.size())).raw(text);
  }
  RecordBytes& null_string() { return i16(-1); }
  RecordBytes& bytes(std::string_view content) {
    return i32(static_cast<std::int64_t>(content.size())).raw(content);
  }

  // flexible versions
  RecordBytes& varint(std::uint32_t value) {
    for (; value >= 0x80U; value >>= 7U) i8((value & 0x7FU) | 0x80U);
    return i8(value);
  }
  RecordBytes& compact(std::string_view content) {
    return varint(static_cast<std::uint32_t>(content.size()) + 1).raw(content);
  }
  RecordBytes& compact_null() { return varint(0); }
  RecordBytes& compact_array(std::uint32_t count) { return varint(count + 1); }
  RecordBytes& no_tags() { return varint(0); }
  RecordBytes& tag(std::uint32_t number, std::string_view content) {
    return varint(number).varint(static_cast<std::uint32_t>(content.size())).raw(content);
  }
  RecordBytes& uuid(char filled_with) { return raw(std::string(16, filled_with)); }

  [[nodiscard]] const std::string& done() const { return bytes_; }
  operator std::string() const { return bytes_; }  // NOLINT(google-explicit-constructor)

 private:
  RecordBytes& big_endian(std::int64_t value, unsigned size) {
    for (unsigned i = size; i-- > 0;) {
      bytes_ += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
    }
    return *this;
  }

  std::string bytes_;
};

inline RecordBytes commit_key(std::string_view group = "billing",
                              std::string_view topic = "invoices", std::int32_t partition = 17) {
  return RecordBytes().i16(1).string(group).string(topic).i32(partition);
}

inline RecordBytes group_key(std::int16_t type, std::string_view group = "billing") {
  return RecordBytes().i16(type).string(group);
}

inline RecordBytes member_key(std::int16_t type, std::string_view group = "billing",
                              std::string_view member = "m-1") {
  return group_key(type, group).string(member);
}

}  // namespace tidemark::testing
