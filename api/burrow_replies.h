// The envelopes of Burrow's API: compact JSON as Go prints it, fields in Burrow's order.
#pragma once

#include <string>
#include <string_view>

#include "api/http_message.h"
#include "api/target.h"

namespace tidemark {

struct Site;

// {"error", "message", <payload>, "request"}; `payload` is `"name":json` pairs, or empty.
HttpReply burrow_reply(const Site& site, const Target& target, int status, bool error,
                       std::string_view message, const std::string& payload);

HttpReply burrow_unknown_path();
HttpReply burrow_wrong_method();
HttpReply burrow_redirect(std::string_view method, const std::string& location);

// JSON text as Go's encoder leaves it: <, >, & and the two line separators as escapes.
std::string go_escaped(std::string json);

}  // namespace tidemark
