// Messages as tests want them: a sample with something changed.
#pragma once

#include <string>

#include "notifiers/samples.h"

namespace tidemark::test {

inline const Instant now = from_ms(1'700'000'000'000);  // 2023-11-14 22:13:20 UTC

inline Message opened() { return sample_messages(now).front(); }

inline Message opened_of(const std::string& cluster, const std::string& group) {
  Message out = opened();
  out.alerts[0].cluster = ClusterName{cluster};
  out.alerts[0].group = GroupName{group};
  return out;
}

inline Message of_kind(MessageKind kind, bool many = false) {
  for (Message& message : sample_messages(now)) {
    if (message.kind == kind && (message.count > 1) == many) return message;
  }
  return opened();
}

// What people have called their groups, and what they might.
inline const std::string hostile =
    "<img src=x onerror=alert(1)>\r\nBcc: all@example.com\r\n\r\n{{reason}} <!channel> \"'\\ "
    "\xFF\x80 "
    "\xE2\x80\xAE rtl";

}  // namespace tidemark::test
