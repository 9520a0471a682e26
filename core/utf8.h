// UTF-8 that may be broken: names and files come from anywhere. Any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

struct Utf8Char {
  char32_t code = 0;
  std::size_t bytes = 0;  // 1 to 4
};

// The character that `text` begins with; null if it is empty or begins with no valid one.
std::optional<Utf8Char> first_utf8(std::string_view text);

// Where the first byte stands that belongs to no valid character; null if all do.
std::optional<std::size_t> first_not_utf8(std::string_view text);

// Takes the first code point off `text` (not empty). U+FFFD stands for each longest run of bytes
// that begins a code point and does not complete it, and for each byte that begins none.
char32_t next_code_point(std::string_view& text);

// Adds a code point, U+10FFFF at most.
void append_utf8(std::string& out, char32_t code);

}  // namespace tidemark
