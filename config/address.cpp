#include "config/address.h"

#include <algorithm>
#include <charconv>

#include "config/problems.h"

namespace tidemark {
namespace {

constexpr int highest_port = 65535;

bool all_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

bool is_host(std::string_view host) {
  constexpr std::string_view name =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
  constexpr std::string_view ipv6 = "0123456789abcdefABCDEF:.%";
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    const auto inner = host.substr(1, host.size() - 2);
    return inner.find(':') != std::string_view::npos && all_of(inner, ipv6);
  }
  return !host.empty() && host.size() <= 253 && all_of(host, name);
}

std::string why_no_host(std::string_view host) {
  if (host.empty()) return "has no host";
  if (host.find("://") != std::string_view::npos) {
    return "begins with a protocol; write host:port alone";
  }
  if (host.find(':') != std::string_view::npos && host.front() != '[') {
    return "has more than one colon; an IPv6 address stands in brackets: [::1]:9092";
  }
  return "has characters in its host that no host name has";
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

Result<HostPort> parse_address(std::string_view text, int lowest_port) {
  if (text.empty()) return Error{"is empty"};
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || text.back() == ']') {
    return Error{"has no port; write it as host:port"};
  }
  const std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  if (!is_host(host)) return Error{why_no_host(host)};
  int port = -1;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool number = error == std::errc{} && stop == digits.data() + digits.size();
  if (!number || port < lowest_port || port > highest_port) {
    return Error{"has a port that is not a number from " + std::to_string(lowest_port) + " to " +
                 std::to_string(highest_port)};
  }
  return HostPort{std::string{host}, port};
}

std::vector<std::string> split_servers(std::string_view list) {
  std::vector<std::string> out;
  while (true) {
    const auto comma = list.find(',');
    out.emplace_back(trimmed(list.substr(0, comma)));
    if (comma == std::string_view::npos) return out;
    list.remove_prefix(comma + 1);
  }
}

Result<std::string> check_bootstrap(std::string_view list) {
  std::string out;
  for (const std::string& server : split_servers(list)) {
    const auto address = parse_address(server, 1);
    if (!address) return Error{quote(server) + " " + address.error().message};
    out += (out.empty() ? "" : ",") + server;
  }
  return out;
}

}  // namespace tidemark
