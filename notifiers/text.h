// Names and sentences from outside, made safe for the formats that messages are written in. All
// take any bytes; what is no UTF-8 becomes U+FFFD.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tidemark {

// On one line: control characters and line breaks become spaces, what turns the direction of text
// U+FFFD; cut with "…" when there are more than `most` characters.
std::string one_line(std::string_view raw, std::size_t most = 2000);

// The same number of characters or fewer, those in the middle replaced by `gap`.
std::string shortened(std::string_view text, std::size_t most, std::string_view gap);
std::size_t characters(std::string_view text);

// Never more than one empty line in a row, and none at the beginning.
std::string without_gaps(std::string_view text);

std::string html_escaped(std::string_view text);
std::string json_escaped(std::string_view text);   // for between the quotes
std::string slack_escaped(std::string_view text);  // of what is read as mrkdwn: no mention, no link

// Every occurrence of a secret (of four or more characters) becomes "(hidden)".
std::string without_secret(std::string text, std::string_view secret);

}  // namespace tidemark
