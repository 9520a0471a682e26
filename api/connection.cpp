#include "api/connection.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "api/loopback.h"

namespace tidemark {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto kIdle = 5s;
constexpr auto kIdleCrowded = 250ms;
constexpr auto kRequest = 10s;
constexpr auto kRequestCrowded = 1s;
constexpr auto kNoProgress = 5s;
constexpr auto kReply = 120s;
constexpr auto kLinger = 500ms;
constexpr auto kSlice = 100ms;  // how soon a crowd is noticed
constexpr std::size_t kMaxHead = 64 * 1024;

}  // namespace

bool Connection::wait(short events, Limit until) {
  for (;;) {
    const bool crowd = waiting_.load(std::memory_order_relaxed) > 0;
    const auto left = (crowd ? until.crowded : until.calm) - steady_clock::now();
    if (left <= 0ms) return false;
    const auto slice = std::chrono::ceil<std::chrono::milliseconds>(
        std::min<steady_clock::duration>(left, kSlice));
    pollfd entry{socket_, events, 0};
    const int ready = poll(&entry, 1, static_cast<int>(slice.count()));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

bool Connection::await_request() {
  started_ = steady_clock::now();
  taken_ = 0;
  if (begin_ == end_ && !fill(limit(kIdle, kIdleCrowded))) return false;
  started_ = steady_clock::now();
  return true;
}

bool Connection::fill(Limit until) {
  while (!failed_) {
    const ssize_t got = recv(socket_, buffer_.data(), buffer_.size(), 0);
    if (got > 0) {
      begin_ = 0;
      end_ = static_cast<std::size_t>(got);
      return true;
    }
    const bool try_again = got < 0 && (errno == EAGAIN || errno == EINTR);
    if (!try_again || !wait(POLLIN, until)) return false;
  }
  return false;
}

ssize_t Connection::read(char* into, std::size_t size) {
  const bool too_long = taken_ >= kMaxHead + kMaxBody;
  if (failed_ || too_long || (begin_ == end_ && !fill(limit(kRequest, kRequestCrowded)))) {
    failed_ = true;
    return -1;
  }
  const std::size_t count = std::min(size, end_ - begin_);
  std::memcpy(into, buffer_.data() + begin_, count);
  begin_ += count;
  taken_ += count;
  return static_cast<ssize_t>(count);
}

bool Connection::write(std::string_view bytes) {
  replied_ = true;
  while (!bytes.empty() && !failed_) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    const Time end = std::min<Time>(steady_clock::now() + kNoProgress, started_ + kReply);
    const bool try_again = sent < 0 && (errno == EAGAIN || errno == EINTR);
    failed_ = !try_again || !wait(POLLOUT, {end, end});
  }
  return !failed_;
}

bool Connection::from_loopback() const {
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  return getpeername(socket_, reinterpret_cast<sockaddr*>(&name), &size) == 0 && is_loopback(name);
}

void Connection::finish() {
  if (failed_ || !replied_ || shutdown(socket_, SHUT_WR) != 0) return;
  const Time end = steady_clock::now() + kLinger;
  std::size_t drained = 0;
  while (drained < 2 * kMaxBody && fill({end, end})) drained += end_;
}

}  // namespace tidemark
