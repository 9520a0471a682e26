// Where a daemon answers.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace tidemark {

struct RestUrl {
  std::string scheme;  // "http" or "https"
  std::string host;    // an IPv6 address in brackets
  int port = 0;
  std::string prefix;  // path in front of the API, without a slash at its end

  [[nodiscard]] std::string origin() const;  // "http://host:port"
};

// "http://host:port/prefix"; without a scheme it is http, without a port 8000 (https: 443). The
// error says what is wrong without citing it.
Result<RestUrl> parse_rest_url(std::string_view text);

// Percent-encoded, so that any name can be part of a path or a query.
std::string url_encoded(std::string_view text);

}  // namespace tidemark
