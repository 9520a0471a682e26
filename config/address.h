// host:port, as it is listened on and connected to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidemark {

struct HostPort {
  std::string host;  // a name, an IPv4 address, or an IPv6 address in brackets
  int port = 0;
};

// The error says what is wrong with it without citing it: "has no port; write it as host:9092".
// `lowest_port`: 0 where 0 stands for any free one.
Result<HostPort> parse_address(std::string_view text, int lowest_port);

// "a:1, b:2" to its parts without the blanks; one empty part if there is nothing.
std::vector<std::string> split_servers(std::string_view list);

// The servers joined as the Kafka client wants them. The error cites the one that is wrong.
Result<std::string> check_bootstrap(std::string_view list);

}  // namespace tidemark
