#include "api/connection.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace tidemark {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto kIdle = 5s;
constexpr auto kIdleCrowded = 500ms;
constexpr auto kRequest = 10s;
constexpr auto kRequestCrowded = 2s;
constexpr auto kNoProgress = 5s;
constexpr auto kReply = 120s;
constexpr auto kSlice = 100ms;  // how soon a crowd is noticed
constexpr std::size_t kMaxHead = 64 * 1024;

}  // namespace

bool Connection::wait(short events, Time until) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now());
    if (left <= 0ms) return false;
    pollfd entry{socket_, events, 0};
    const int ready = poll(&entry, 1, static_cast<int>(left.count()));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

bool Connection::await_request() {
  started_ = steady_clock::now();
  taken_ = 0;
  while (begin_ == end_) {
    const auto now = steady_clock::now();
    const Time limit = started_ + (crowded() ? Time::duration(kIdleCrowded) : kIdle);
    if (now >= limit) return false;
    if (wait(POLLIN, std::min<Time>(limit, now + kSlice)) && !fill(limit)) return false;
  }
  started_ = steady_clock::now();
  return true;
}

bool Connection::fill(Time until) {
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
  const Time limit = started_ + (crowded() ? Time::duration(kRequestCrowded) : kRequest);
  if (failed_ || taken_ >= kMaxHead + kMaxBody || (begin_ == end_ && !fill(limit))) {
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
  while (!bytes.empty() && !failed_) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    const Time limit = std::min<Time>(steady_clock::now() + kNoProgress, started_ + kReply);
    const bool try_again = sent < 0 && (errno == EAGAIN || errno == EINTR);
    failed_ = !try_again || !wait(POLLOUT, limit);
  }
  return !failed_;
}

void Connection::finish() {
  if (failed_ || shutdown(socket_, SHUT_WR) != 0) return;
  const Time limit = steady_clock::now() + kIdleCrowded;
  std::size_t drained = 0;
  while (drained < 2 * kMaxBody && fill(limit)) drained += end_;
}

}  // namespace tidemark
