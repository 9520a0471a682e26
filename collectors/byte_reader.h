// Reads the fields of one key or value in order, as Kafka's serialization writes them (big-endian;
// compact lengths and tagged fields in flexible versions). A value on the stack of the decoding
// call; views that it gives look into the bytes it was given.
//
// The first damage is kept and ends the reading: everything after it is empty or 0, so callers may
// go on without asking and must ask `ok()` only before they loop, and at the end.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "collectors/record.h"
#include "core/ids.h"

namespace tidemark {

class ByteReader {
 public:
  enum class Part : std::uint8_t { key, value };

  ByteReader(std::string_view bytes, Part part) : bytes_(bytes), part_(part) {}

  // The version that a value begins with, 0 to `newest`; anything else is damage, and null. From
  // version `first_flexible` on, lengths are unsigned varints and structs end with tagged fields.
  std::optional<std::int16_t> version(std::int16_t newest, std::int16_t first_flexible);

  // `field` is a literal: the name in the error.
  std::int8_t int8(const char* field) { return fixed<std::int8_t, std::uint8_t>(field); }
  std::int16_t int16(const char* field) { return fixed<std::int16_t, std::uint16_t>(field); }
  std::int32_t int32(const char* field) { return fixed<std::int32_t, std::uint32_t>(field); }
  std::int64_t int64(const char* field) { return fixed<std::int64_t, std::uint64_t>(field); }
  TopicUuid uuid(const char* field);

  // Wraps at 32 bits, like Kafka's: more than 2^31 − 1 comes out negative.
  std::int32_t unsigned_varint(const char* field);

  std::string_view string(const char* field);
  std::optional<std::string_view> nullable_string(const char* field);
  std::string_view bytes(const char* field);
  std::optional<std::string_view> nullable_bytes(const char* field);
  // Number of elements that follow: 0 to the number of bytes left.
  std::int32_t array(const char* field);
  std::optional<std::int32_t> nullable_array(const char* field);

  // The tagged fields that end a struct of a flexible version (nothing in others). `known(tag)`
  // reads the field and returns true, or returns false to have it skipped by its size.
  template <class Known>
  void tagged_fields(Known known) {
    if (!flexible_) return;
    const std::int32_t count = unsigned_varint("tagged fields");
    for (std::int32_t i = 0; i < count && ok(); ++i) {
      const std::int32_t tag = unsigned_varint("a tagged field's tag");
      const std::int32_t size = unsigned_varint("a tagged field's size");
      if (!known(tag)) take(size, position(), "a tagged field");
    }
  }
  void tagged_fields() {
    tagged_fields([](std::int32_t) { return false; });
  }

  [[nodiscard]] bool ok() const { return !failed_; }
  [[nodiscard]] std::size_t remaining() const { return bytes_.size() - next_; }

  // Only if not ok(). `kind` is the kind of record, for the message.
  [[nodiscard]] DecodeError error(std::string_view kind) const;

 private:
  template <class Int, class Raw>
  Int fixed(const char* field) {
    if (remaining() < sizeof(Raw)) {
      fail_short(field, sizeof(Raw));
      return 0;
    }
    Raw raw = 0;
    std::memcpy(&raw, bytes_.data() + next_, sizeof raw);
    next_ += sizeof raw;
    return static_cast<Int>(from_big_endian(raw));
  }
  static std::uint8_t from_big_endian(std::uint8_t raw) { return raw; }
  static std::uint16_t from_big_endian(std::uint16_t raw) {
    return little ? __builtin_bswap16(raw) : raw;
  }
  static std::uint32_t from_big_endian(std::uint32_t raw) {
    return little ? __builtin_bswap32(raw) : raw;
  }
  static std::uint64_t from_big_endian(std::uint64_t raw) {
    return little ? __builtin_bswap64(raw) : raw;
  }
  static constexpr bool little = std::endian::native == std::endian::little;

  // Negative: null.
  std::int32_t string_length(const char* field) {
    return flexible_ ? compact_length(field) : std::int32_t{int16(field)};
  }
  std::int32_t long_length(const char* field) {
    return flexible_ ? compact_length(field) : int32(field);
  }
  std::int32_t compact_length(const char* field);

  std::string_view take(std::int32_t length, std::size_t length_at, const char* field);
  std::string_view take_string(std::int32_t length, std::size_t length_at, const char* field);
  std::int32_t take_count(std::int32_t count, std::size_t count_at, const char* field);
  [[nodiscard]] std::size_t position() const { return next_; }

  void fail_short(const char* field, std::size_t needed);
  void fail(Damage damage, std::size_t at, const char* field, std::int64_t number);

  std::string_view bytes_;
  std::size_t next_ = 0;
  Part part_;
  bool flexible_ = false;
  bool failed_ = false;

  // of the first damage
  Damage damage_ = Damage::short_key;
  const char* field_ = "";
  std::size_t at_ = 0;
  std::size_t left_ = 0;     // bytes from there, or after the length
  std::int64_t number_ = 0;  // the length, count, version or size that is wrong
};

inline std::optional<std::int16_t> ByteReader::version(std::int16_t newest,
                                                       std::int16_t first_flexible) {
  if (bytes_.empty()) {
    fail(Damage::empty_value, 0, "version", 0);
    return std::nullopt;
  }
  const std::int16_t version = int16("version");
  if (ok() && (version < 0 || version > newest))
    fail(Damage::unknown_version, 0, "version", version);
  if (!ok()) return std::nullopt;
  flexible_ = version >= first_flexible;
  return version;
}

inline TopicUuid ByteReader::uuid(const char* field) {
  TopicUuid id{};
  if (remaining() < id.size()) {
    fail_short(field, id.size());
    return id;
  }
  std::memcpy(id.data(), bytes_.data() + next_, id.size());
  next_ += id.size();
  return id;
}

inline std::string_view ByteReader::take(std::int32_t length, std::size_t length_at,
                                         const char* field) {
  if (length < 0 || static_cast<std::size_t>(length) > remaining()) {
    fail(Damage::bad_length, length_at, field, length);
    return {};
  }
  const std::string_view taken = bytes_.substr(next_, static_cast<std::size_t>(length));
  next_ += taken.size();
  return taken;
}

inline std::string_view ByteReader::take_string(std::int32_t length, std::size_t length_at,
                                                const char* field) {
  constexpr std::int32_t longest = 0x7fff;
  if (length > longest) {
    fail(Damage::bad_length, length_at, field, length);
    return {};
  }
  return take(length, length_at, field);
}

inline std::string_view ByteReader::string(const char* field) {
  const std::size_t at = position();
  const std::int32_t length = string_length(field);
  if (length < 0) {
    fail(Damage::null_field, at, field, length);
    return {};
  }
  return take_string(length, at, field);
}

inline std::int32_t ByteReader::unsigned_varint(const char* field) {
  const std::size_t at = position();
  std::uint32_t value = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    const auto byte = static_cast<std::uint8_t>(int8(field));
    value |= static_cast<std::uint32_t>(byte & 0x7fU) << shift;
    if (byte < 0x80U) return static_cast<std::int32_t>(value);
  }
  fail(Damage::bad_varint, at, field, 0);
  return 0;
}

inline std::int32_t ByteReader::compact_length(const char* field) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(unsigned_varint(field)) - 1U);
}

}  // namespace tidemark
