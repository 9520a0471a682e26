#include "daemon/rest_url.h"

#include "config/address.h"

namespace tidemark {
namespace {

constexpr std::string_view example = "; write it as http://host:8000";

bool has_port(std::string_view authority) {
  const auto colon = authority.rfind(':');
  return colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
}

}  // namespace

std::string RestUrl::origin() const { return scheme + "://" + host + ":" + std::to_string(port); }

Result<RestUrl> parse_rest_url(std::string_view text) {
  RestUrl out;
  out.scheme = "http";
  if (const auto end = text.find("://"); end != std::string_view::npos) {
    out.scheme = text.substr(0, end);
    text.remove_prefix(end + 3);
  }
  if (out.scheme != "http" && out.scheme != "https") {
    return Error{"is neither http nor https" + std::string{example}};
  }
  if (text.find_first_of("?#@ ") != std::string_view::npos) {
    return Error{"has more than a host, a port and a path" + std::string{example}};
  }
  const auto slash = text.find('/');
  std::string authority{text.substr(0, slash)};
  if (slash != std::string_view::npos) out.prefix = text.substr(slash);
  while (!out.prefix.empty() && out.prefix.back() == '/') out.prefix.pop_back();
  if (!has_port(authority)) authority += out.scheme == "https" ? ":443" : ":8000";
  auto address = parse_address(authority, 1);
  if (!address) return Error{address.error().message + std::string{example}};
  out.host = std::move(address.value().host);
  out.port = address.value().port;
  return out;
}

std::string url_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (plain) {
      out += c;
    } else {
      out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return out;
}

}  // namespace tidemark
