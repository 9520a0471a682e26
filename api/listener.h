// One TCP address and a fixed number of threads that serve its connections. The sockets are ours,
// so that a real backlog, a taken port, a crowd of silent clients and a prompt end are ours to
// decide.
//
// A connection waits for a free thread; beyond 1024 that wait, further ones are closed and counted.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "api/connection.h"
#include "core/result.h"

namespace tidemark {

struct ListenerStats {
  int open = 0;                // being served
  int waiting = 0;             // for a thread
  std::uint64_t accepted = 0;  // since the start
  std::uint64_t refused = 0;   // closed at once: too many were waiting
};

class Listener {
 public:
  // What is done with one connection, on one of the threads. It may not throw.
  using Serve = std::function<void(Connection&)>;

  // Takes the address; nobody is served before start(). The error names the address. Port 0 takes a
  // free one.
  static Result<std::unique_ptr<Listener>> open(const std::string& host, int port);
  ~Listener();  // stops
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Once.
  void start(int threads, Serve serve);
  // Cuts every connection and waits for the threads: as long as `serve` takes to notice.
  void stop();

  [[nodiscard]] int port() const;
  // Nobody but this machine reaches it.
  [[nodiscard]] bool loopback() const;
  [[nodiscard]] ListenerStats stats() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;

 public:
  explicit Listener(std::unique_ptr<Impl> impl);  // for open()
};

}  // namespace tidemark
