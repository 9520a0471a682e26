// UTF-8 that may be broken, read as code points.
#pragma once

#include <string_view>

namespace tidemark {

// Takes the first code point off `text` (not empty). U+FFFD stands for each longest run of bytes
// that begins a code point and does not complete it, and for each byte that begins none.
char32_t next_code_point(std::string_view& text);

}  // namespace tidemark
