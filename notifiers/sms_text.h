// Texts that fit one segment of SMS: 160 septets of the GSM 7-bit alphabet, or 70 units of UCS-2
// when a name needs other letters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"
#include "notifiers/message.h"

namespace tidemark {

struct SmsSize {
  bool ucs2 = false;
  std::size_t units = 0;  // septets (two for each of ^{}[]~\|€), or UTF-16 units

  [[nodiscard]] std::size_t room() const { return ucs2 ? 70 : 160; }
  [[nodiscard]] bool fits() const { return units <= room(); }
};

SmsSize sms_size(std::string_view text);

// One segment. When there is too much, the sentence of the reason goes first, from its end, then
// long names lose their middle; what still is too long behind them is cut. `text`: a template, or
// empty for the default.
Result<std::string> sms_text(const Message& message, const std::string& text);

}  // namespace tidemark
