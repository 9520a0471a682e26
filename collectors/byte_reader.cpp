#include "collectors/byte_reader.h"

#include <fmt/format.h>

#include <string>

namespace tidemark {

std::optional<std::string_view> ByteReader::nullable_string(const char* field) {
  const std::size_t at = position();
  const std::int32_t length = string_length(field);
  if (length < 0 || !ok()) return std::nullopt;
  return take_string(length, at, field);
}

std::string_view ByteReader::bytes(const char* field) {
  const std::size_t at = position();
  const std::int32_t length = long_length(field);
  if (length < 0) {
    fail(Damage::null_field, at, field, length);
    return {};
  }
  return take(length, at, field);
}

std::optional<std::string_view> ByteReader::nullable_bytes(const char* field) {
  const std::size_t at = position();
  const std::int32_t length = long_length(field);
  if (length < 0 || !ok()) return std::nullopt;
  return take(length, at, field);
}

std::int32_t ByteReader::array(const char* field) {
  const std::size_t at = position();
  const std::int32_t count = long_length(field);
  if (count < 0) {
    fail(Damage::null_field, at, field, count);
    return 0;
  }
  return take_count(count, at, field);
}

std::optional<std::int32_t> ByteReader::nullable_array(const char* field) {
  const std::size_t at = position();
  const std::int32_t count = long_length(field);
  if (count < 0 || !ok()) return std::nullopt;
  return take_count(count, at, field);
}

std::int32_t ByteReader::take_count(std::int32_t count, std::size_t count_at, const char* field) {
  if (static_cast<std::size_t>(count) <= remaining()) return count;
  fail(Damage::bad_length, count_at, field, count);
  return 0;
}

void ByteReader::fail_short(const char* field, std::size_t needed) {
  fail(part_ == Part::key ? Damage::short_key : Damage::short_value, next_, field,
       static_cast<std::int64_t>(needed));
}

void ByteReader::fail(Damage damage, std::size_t at, const char* field, std::int64_t number) {
  if (failed_) return;
  failed_ = true;
  damage_ = damage;
  field_ = field;
  at_ = at;
  left_ = remaining();
  number_ = number;
  next_ = bytes_.size();  // whatever is read after this finds nothing
}

DecodeError ByteReader::error(std::string_view kind) const {
  const std::string_view part = part_ == Part::key ? "key" : "value";
  const std::string where = fmt::format("{} at byte {} of the {}", field_, at_, part);
  std::string what;
  switch (damage_) {
    case Damage::short_key:
    case Damage::short_value:
      what = fmt::format("{} needs {} bytes, {} are left", where, number_, left_);
      break;
    case Damage::bad_length:
      what = fmt::format("{} has the length {}, {} bytes are left", where, number_, left_);
      break;
    case Damage::null_field:
      what = fmt::format("{} is null, which it may not be", where);
      break;
    case Damage::bad_varint:
      what = fmt::format("{} has a length or number of more than 5 bytes", where);
      break;
    case Damage::unknown_version:
      what = fmt::format("{} is {}, which is not known", where, number_);
      break;
    case Damage::empty_value:
      what = "the value has no bytes at all (at byte 0 of the value)";
      break;
  }
  return {damage_, part_ == Part::key, at_, fmt::format("{}: {}", kind, what)};
}

}  // namespace tidemark
