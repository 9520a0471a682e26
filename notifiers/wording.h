// How a message is put into English, once for all channels. What comes from outside is on one line
// here and otherwise as it is: escaping is the formats' business.
#pragma once

#include <string>

#include "notifiers/message.h"

namespace tidemark {

// "PROD payments", "PROD"
std::string name_of(const Alert& alert);
// In capitals, short: "ERROR", "DATA LOSS", "UNREACHABLE"; "OK" when it is over.
std::string state_of(const Alert& alert);
// "[PROD] payments is ERROR", "[PROD] 200 incidents, among them payments (ERROR)"
std::string headline(const Message& message);
// "since 21:57 UTC, for 12 min", "from 21:57 UTC to 22:09 UTC, for 12 min"
std::string when(const Alert& alert, Instant at);
// "2026-11-21T21:57:00Z", "…:00.120Z"
std::string rfc3339(Instant at);

}  // namespace tidemark
