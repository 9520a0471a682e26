// Numbers one after the other, column by column: those of a column all take as many bytes as its
// widest one needs, none if all are 0. Nothing is cut from within a byte, so that writing and
// reading one is a handful of instructions. How wide a column is tells its code, of four bits, that
// whoever writes it keeps somewhere. Pure; any thread.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark {

static_assert(std::endian::native == std::endian::little, "numbers are cut from machine words");

// 0 to 8: so many bytes, none below zero. From 9 on: 1 to 7 bytes of either sign.
using ColumnCode = std::uint64_t;
constexpr unsigned column_code_bits = 4;
constexpr unsigned signed_codes = 8;

class ColumnWriter {
 public:
  // Into `room`, which grows as needed. `most`: bytes that will be written at most.
  ColumnWriter(std::vector<char>& room, std::size_t most) {
    if (room.size() < most + sizeof(std::uint64_t)) room.resize(most + sizeof(std::uint64_t));
    begin_ = at_ = room.data();
  }

  // `number(i)` for each i of so many, which is called twice or three times. A count that is an
  // integral_constant costs less.
  template <class Count, class Number>
  ColumnCode column(Count many, Number number) {
    const auto count = static_cast<std::size_t>(many);
    std::int64_t any = 0;
    for (std::size_t i = 0; i < count; ++i) any |= number(i);
    const auto bits = static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(any)));
    const ColumnCode code = any >= 0 ? (bits + 7) / 8 : signed_code(count, number);
    const std::size_t width = code > signed_codes ? code - signed_codes : code;
    char* at = at_;  // what is written might be at_, as far as the compiler knows
    for (std::size_t i = 0; i < count; ++i, at += width) {
      const std::int64_t each = number(i);
      std::memcpy(at, &each, sizeof each);
    }
    at_ = at;
    return code;
  }

  // Room for a word, which is written later.
  char* word() {
    char* place = at_;
    at_ += sizeof(std::uint64_t);
    return place;
  }

  [[nodiscard]] std::string_view done() const {
    return {begin_, static_cast<std::size_t>(at_ - begin_)};
  }

 private:
  template <class Number>
  static ColumnCode signed_code(std::size_t count, Number number) {
    std::int64_t any = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::int64_t each = number(i);
      any |= each ^ (each >> 63);
    }
    const auto bits = static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(any)));
    return bits >= 56 ? sizeof(std::uint64_t) : signed_codes + bits / 8 + 1;
  }

  char* begin_ = nullptr;
  char* at_ = nullptr;
};

// How a column of each code is read.
struct ColumnForm {
  std::uint64_t mask = 0;
  std::uint64_t sign = 0;  // the bit that is set in what is below zero; 0: nothing is
  std::size_t width = 0;
};
inline constexpr auto column_forms = [] {
  std::array<ColumnForm, 1U << column_code_bits> out{};
  for (unsigned code = 1; code < out.size(); ++code) {
    const unsigned width = code > signed_codes ? code - signed_codes : code;
    out.at(code) = {~std::uint64_t{0} >> (64 - 8 * width), 0, width};
    if (code > signed_codes) out.at(code).sign = std::uint64_t{1} << (8 * width - 1);
  }
  return out;
}();

class ColumnReader {
 public:
  // What a ColumnWriter wrote, and so many bytes behind its end can be read too.
  static constexpr std::size_t reads_beyond = sizeof(std::uint64_t);
  explicit ColumnReader(const char* from) : at_(from) {}

  // Calls `take(i, number)` for each i of so many; see ColumnWriter::column.
  template <class Count, class Take>
  void column(ColumnCode code, Count many, Take take) {
    const auto count = static_cast<std::size_t>(many);
    const ColumnForm form = column_forms[code];
    const char* at = at_;
    at_ += count * form.width;
    if (form.sign == 0) {  // as most
      for (std::size_t i = 0; i < count; ++i, at += form.width) {
        take(i, static_cast<std::int64_t>(word_at(at) & form.mask));
      }
    } else {
      for (std::size_t i = 0; i < count; ++i, at += form.width) take(i, number_at(at, form));
    }
  }
  std::int64_t number(ColumnCode code) {
    const ColumnForm& form = column_forms[code];
    return number_at(std::exchange(at_, at_ + form.width), form);
  }

  std::uint64_t word() {
    std::uint64_t out = 0;
    std::memcpy(&out, at_, sizeof out);
    at_ += sizeof out;
    return out;
  }

 private:
  static std::uint64_t word_at(const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
  }
  static std::int64_t number_at(const char* at, const ColumnForm& form) {
    return static_cast<std::int64_t>(((word_at(at) & form.mask) ^ form.sign) - form.sign);
  }

  const char* at_;
};

}  // namespace tidemark
