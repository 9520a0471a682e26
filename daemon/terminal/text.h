// Text as a terminal shows it: how wide it is, and nothing in it that the terminal would obey.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tidemark::terminal {

// Columns that it takes. 0 for combining characters, 2 for wide ones (CJK, emoji).
std::size_t width_of(std::string_view text);

// The same to look at, with "\n" for a line break, "\x1b" for a byte and "\u{202e}" for a character
// that would move the cursor, change colours, turn the direction of writing or hide. Bytes that are
// not UTF-8 become "\xff".
std::string printable(std::string_view text);

// As much of it as fits, "…" at its end if that is not all. For printable text.
std::string cut(std::string_view text, std::size_t width);

// Filled up with blanks, on the left for `right` alignment. Wider text stays as it is.
std::string padded(std::string_view text, std::size_t width, bool right);

}  // namespace tidemark::terminal
