// Sentences in lines of a terminal's width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "daemon/terminal/table.h"

namespace tidemark::terminal {

// `first` before the first line, blanks of the same width before all others; broken between words
// where the reader has a width, else one line. Made printable, ends with a newline. A word that is
// too long stands alone and whole.
std::string wrapped(std::string_view first, std::string_view sentence, const Look& look,
                    Tone tone = Tone::plain);

}  // namespace tidemark::terminal
