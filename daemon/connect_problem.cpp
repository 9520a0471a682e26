#include "daemon/connect_problem.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

namespace tidemark {
namespace {

constexpr int limit_ms = 2000;

using Addresses = std::unique_ptr<addrinfo, void (*)(addrinfo*)>;

Addresses resolve(std::string host, int port) {
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  return {found, [](addrinfo* list) {
            if (list != nullptr) freeaddrinfo(list);
          }};
}

// Of a connect that is under way: what became of it.
int outcome(int fd) {
  pollfd waiting{fd, POLLOUT, 0};
  if (poll(&waiting, 1, limit_ms) <= 0) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof(error);
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

int try_connect(const addrinfo& address) {
  const int fd = socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno;
  int error = connect(fd, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
  if (error == EINPROGRESS) error = outcome(fd);
  close(fd);
  return error;
}

std::string lower_first(std::string text) {
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] + 32);
  return text;
}

}  // namespace

std::string connect_problem(const std::string& host, int port) {
  const Addresses addresses = resolve(host, port);
  if (!addresses) return "there is no host \"" + host + "\"";
  const int error = try_connect(*addresses);
  if (error == ETIMEDOUT) return "no answer in time";
  if (error == 0) return "the connection broke";
  return lower_first(std::generic_category().message(error));
}

}  // namespace tidemark
