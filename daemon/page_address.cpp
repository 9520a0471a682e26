#include "daemon/page_address.h"

#include <unistd.h>

#include <array>

namespace tidemark {
namespace {

std::string this_machine() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

}  // namespace

std::string page_address(const HttpConfig& http, int port) {
  if (!http.page_url.empty()) return http.page_url;
  const auto colon = http.listen.rfind(':');
  const std::string host = http.listen.substr(0, colon);
  const bool everywhere = host == "0.0.0.0" || host == "[::]";
  const std::string given = http.listen.substr(colon + 1);
  return "http://" + (everywhere ? this_machine() : host) + ":" +
         (port > 0 ? std::to_string(port) : given);
}

}  // namespace tidemark
