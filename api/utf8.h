// Names may hold any bytes; what is shown must be UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace tidemark {

// How many bytes the valid UTF-8 sequence at the front has (1 to 4); 0: there is none.
std::size_t utf8_length(std::string_view text);

}  // namespace tidemark
