// A mail as the bytes that SMTP takes: text, HTML and the small picture, with the headers that make
// a thread of all that is told of one incident.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "notifiers/message.h"
#include "notifiers/receiver_settings.h"

namespace tidemark {

// RFC 5322 with CRLF. Nothing from outside can add a header or a line. The error is a template's.
Result<std::string> mail_of(const Message& message, const EmailSettings& settings);

// A header's value: as it is, or in encoded words (RFC 2047) where it is not plain ASCII.
std::string header_text(std::string_view value);

// RFC 2045: lines of 76 characters at most, CRLF between them.
std::string quoted_printable(std::string_view text);
std::string base64_lines(std::string_view bytes);

// "Tue, 14 Nov 2023 22:13:20 +0000"
std::string mail_date(Instant at);

}  // namespace tidemark
