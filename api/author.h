// Whose name a change is told under: that of the token; without one, what the body says, or
// "local".
#pragma once

#include <string>

#include "api/body.h"
#include "api/router.h"

namespace tidemark {

inline std::string author_of(const Call& call, BodyReader& body) {
  const std::string said = body.text("author").value_or("");
  if (!call.token.empty()) return call.token;
  return said.empty() ? "local" : said;
}

}  // namespace tidemark
