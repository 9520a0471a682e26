// Percent-escapes of addresses. Any bytes, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

// Null if an escape is broken ("%zz", "%4"). `form`: '+' is a space, as in a query.
std::optional<std::string> percent_decode(std::string_view text, bool form = false);

// Everything but letters, digits and "-._~" becomes an escape.
std::string percent_encode(std::string_view text);

}  // namespace tidemark
