// One accepted connection, with the limits that keep a slow or silent client from holding a thread:
// idle for 5 s at most (a quarter of a second while others wait for a thread), 10 s for a whole
// request (1 s), 5 s without progress and 2 min in all for a reply, 1 MiB and a bit for a request.
//
// Used by one thread; the socket belongs to the listener, which may shut it down at any time: then
// everything here fails at once.
#pragma once

#include <sys/types.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <string_view>

namespace tidemark {

class Connection {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // The longest request body that is let pass, and that of a change, which is read.
  static constexpr std::size_t kMaxBody = 1U << 20U;
  static constexpr std::size_t kMaxChange = 64 * 1024;

  // `waiting`: connections that no thread serves yet.
  Connection(int socket, const std::atomic<int>& waiting) : socket_(socket), waiting_(waiting) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Waits for the first byte of the next request; false: none came in time, or the client has gone.
  bool await_request();
  // At least one byte; 0: end; −1: failure, or over a limit.
  ssize_t read(char* into, std::size_t size);
  // All of it; false: failure, or over a limit. Then every later call fails too.
  bool write(std::string_view bytes);
  // Lets the last reply arrive although the client may still be sending.
  void finish();

  [[nodiscard]] bool failed() const { return failed_; }
  // The other side is on this machine.
  [[nodiscard]] bool from_loopback() const;

 private:
  // How long something may take: less while connections wait that no thread serves yet.
  struct Limit {
    Time calm;
    Time crowded;
  };
  [[nodiscard]] Limit limit(Time::duration calm, Time::duration crowded) const {
    return {started_ + calm, started_ + crowded};
  }
  bool wait(short events, Limit until);
  bool fill(Limit until);

  const int socket_;
  const std::atomic<int>& waiting_;
  std::array<char, 4096> buffer_{};
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t taken_ = 0;  // bytes of this request
  bool failed_ = false;
  bool replied_ = false;
  Time started_;  // of this request, or of the wait for it
};

}  // namespace tidemark
