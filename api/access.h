// Whether a request may change something, and whose name it is then told under. docs/rest-api.md
// has the rule. Nothing here ever shows a token.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/http_message.h"
#include "api/replies.h"
#include "core/access_token.h"

namespace tidemark {

// What is known of the place where requests arrive.
struct AccessSettings {
  std::vector<AccessToken> tokens;
  bool loopback = false;  // only this machine reaches the listener
  std::string page_url;   // where else people reach the page; empty: nowhere
};

struct Permit {
  std::string token;  // its name; empty: asked from this machine, without any
};

// Of one route; the right alone: without what only a change has to fulfil.
std::variant<Permit, Refusal> permit(const AccessSettings& settings, const HttpRequest& request,
                                     Right right);

// Null: nothing but our own page, or no page at all, has sent it, as JSON.
std::optional<Refusal> not_ours(const AccessSettings& settings, const HttpRequest& request);

// What the caller may do, for /api/v1/access.
struct Allowed {
  std::vector<Right> rights;
  std::string token;  // its name; empty: none
  bool token_needed = false;
  std::string problem;  // why there are none; empty: there are
};
Allowed allowed(const AccessSettings& settings, const HttpRequest& request);

}  // namespace tidemark
