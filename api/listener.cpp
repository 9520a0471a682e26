#include "api/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <deque>
#include <set>
#include <utility>
#include <vector>

#include "api/loopback.h"
#include "core/log.h"
#include "core/mutex.h"
#include "core/worker.h"

namespace tidemark {
namespace {

using namespace std::chrono_literals;

constexpr int kBacklog = 1024;
constexpr std::size_t kMaxWaiting = 1024;
constexpr auto kLook = 500ms;  // how often the accepting thread looks whether to stop
constexpr auto kSleep = 60s;   // of a thread without a connection: a stop wakes it

std::string address(const std::string& host, int port) {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Error cannot_listen(const std::string& host, int port, int number) {
  const std::string where = address(host, port);
  if (number == EADDRINUSE) {
    return {where +
            " is already in use by another process; end that one or listen on another port"};
  }
  return {"cannot listen on " + where + ": " + std::strerror(number)};
}

// The listening socket, or minus the number of the error.
int bind_and_listen(const addrinfo& at) {
  const int fd = socket(at.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, at.ai_protocol);
  if (fd < 0) return -errno;
  const int yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(fd, at.ai_addr, at.ai_addrlen) == 0 && ::listen(fd, kBacklog) == 0) return fd;
  const int number = errno;
  close(fd);
  return -number;
}

Result<int> open_socket(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const std::string service = std::to_string(port);
  const int failed =
      getaddrinfo(host.empty() ? nullptr : host.c_str(), service.c_str(), &hints, &found);
  if (failed != 0) {
    return Error{"cannot listen on " + address(host, port) + ": " + gai_strerror(failed)};
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  int first = 0;
  for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
    const int fd = bind_and_listen(*at);
    if (fd >= 0) return fd;
    if (first == 0) first = -fd;
  }
  return cannot_listen(host, port, first);
}

int bound_port(int fd) {
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size);
  const auto* v4 = reinterpret_cast<const sockaddr_in*>(&name);
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&name);
  return ntohs(name.ss_family == AF_INET6 ? v6->sin6_port : v4->sin_port);
}

bool bound_to_loopback(int fd) {
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  return getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size) == 0 && is_loopback(name);
}

}  // namespace

struct Listener::Impl {
  const int socket;
  const int port;
  Serve serve;  // fixed before the threads start

  std::atomic<int> waiting{0};
  std::atomic<bool> stopping{false};
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> refused{0};
  log::RateLimit complaint{10s};

  mutable Mutex mutex;
  CondVar arrival;
  std::deque<int> queue TM_GUARDED_BY(mutex);
  std::set<int> active TM_GUARDED_BY(mutex);

  std::vector<std::unique_ptr<Worker>> threads;  // last: they use everything above

  explicit Impl(int listening) : socket(listening), port(bound_port(listening)) {}
  ~Impl() { close(socket); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void accept_all(const std::stop_token& stop);
  void accept_one();
  void accept_failed(int number);
  void enqueue(int fd);
  void work(const std::stop_token& stop);
  int next();
  void serve_one(int fd);
};

void Listener::Impl::accept_all(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    pollfd entry{socket, POLLIN, 0};
    if (poll(&entry, 1, static_cast<int>(kLook / 1ms)) > 0 && !stopping) accept_one();
  }
}

void Listener::Impl::accept_one() {
  const int fd = accept4(socket, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) return accept_failed(errno);
  ++accepted;
  const int yes = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  enqueue(fd);
}

// The listener outlives whatever goes wrong with one connection; without a descriptor to spare it
// must not spin either.
void Listener::Impl::accept_failed(int number) {
  if (number == EAGAIN || number == EINTR || number == ECONNABORTED || stopping) return;
  if (complaint.pass(std::chrono::steady_clock::now())) {
    log::warn("HTTP port {}: a connection could not be accepted: {}", port, std::strerror(number));
  }
  std::this_thread::sleep_for(50ms);
}

void Listener::Impl::enqueue(int fd) {
  {
    const MutexLock lock(mutex);
    if (queue.size() < kMaxWaiting && !stopping) {
      queue.push_back(fd);
      ++waiting;
      arrival.notify_one();
      return;
    }
  }
  close(fd);
  ++refused;
  if (complaint.pass(std::chrono::steady_clock::now())) {
    log::warn("HTTP port {}: {} connections wait for a thread; further ones are closed", port,
              kMaxWaiting);
  }
}

int Listener::Impl::next() {
  const MutexLock lock(mutex);
  const auto something = [&]() TM_REQUIRES(mutex) { return stopping || !queue.empty(); };
  arrival.wait_until(mutex, std::chrono::steady_clock::now() + kSleep, something);
  if (stopping || queue.empty()) return -1;
  const int fd = queue.front();
  queue.pop_front();
  --waiting;
  active.insert(fd);
  return fd;
}

void Listener::Impl::serve_one(int fd) {
  Connection connection(fd, waiting);
  serve(connection);
  const MutexLock lock(mutex);
  active.erase(fd);
  close(fd);
}

void Listener::Impl::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const int fd = next();
    if (fd >= 0) serve_one(fd);
  }
}

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Listener::~Listener() { stop(); }

Result<std::unique_ptr<Listener>> Listener::open(const std::string& host, int port) {
  auto socket = open_socket(host, port);
  if (!socket) return socket.error();
  return std::make_unique<Listener>(std::make_unique<Impl>(socket.value()));
}

void Listener::start(int threads, Serve serve) {
  Impl* const self = impl_.get();
  self->serve = std::move(serve);
  for (int i = 0; i < std::max(threads, 1); ++i) {
    self->threads.push_back(std::make_unique<Worker>(
        "http-" + std::to_string(i), [self](const std::stop_token& stop) { self->work(stop); }));
  }
  self->threads.push_back(std::make_unique<Worker>(
      "http-accept", [self](const std::stop_token& stop) { self->accept_all(stop); }));
}

void Listener::stop() {
  impl_->stopping = true;
  for (const auto& thread : impl_->threads) thread->request_stop();
  shutdown(impl_->socket, SHUT_RDWR);
  {
    const MutexLock lock(impl_->mutex);
    for (const int fd : impl_->active) shutdown(fd, SHUT_RDWR);
    impl_->arrival.notify_all();
  }
  impl_->threads.clear();
  const MutexLock lock(impl_->mutex);
  for (const int fd : impl_->queue) close(fd);
  impl_->queue.clear();
}

bool Listener::loopback() const { return bound_to_loopback(impl_->socket); }
int Listener::port() const { return impl_->port; }

ListenerStats Listener::stats() const {
  ListenerStats out{0, impl_->waiting, impl_->accepted, impl_->refused};
  const MutexLock lock(impl_->mutex);
  out.open = static_cast<int>(impl_->active.size());
  return out;
}

}  // namespace tidemark
