#include "tests/bench/produce_connection.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "tests/bench/big_endian.h"
#include "tests/bench/settings.h"

namespace tidemark::bench {
namespace {

constexpr const char* offsets_topic = "__consumer_offsets";
constexpr std::int32_t open_requests = 3;
constexpr int patience_ms = 60'000;
constexpr std::int16_t produce = 0;
constexpr std::int16_t version = 3;
constexpr std::size_t length_of_a_partition = 4 + 2 + 8 + 8;  // in an answer

struct FreeAddresses {
  void operator()(addrinfo* found) const { freeaddrinfo(found); }
};

[[noreturn]] void fail_with_errno(const std::string& what) { fail(what + ": " + strerror(errno)); }

int connected_to(const std::string& bootstrap) {
  const auto colon = bootstrap.rfind(':');
  if (colon == std::string::npos) fail(bootstrap + ": no HOST:PORT");
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const std::string host = bootstrap.substr(0, colon);
  const int code = getaddrinfo(host.c_str(), bootstrap.c_str() + colon + 1, &hints, &found);
  if (code != 0) fail(bootstrap + ": " + gai_strerror(code));
  const std::unique_ptr<addrinfo, FreeAddresses> addresses(found);
  const int made = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
  if (made < 0 || connect(made, found->ai_addr, found->ai_addrlen) != 0) fail_with_errno(bootstrap);
  const int yes = 1;
  const timeval patience{patience_ms / 1000, 0};
  setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  return made;
}

// As a coordinator: under this name the broker lets a client write into the offsets topic.
std::string request_of(const std::vector<const CommitBatch*>& batches, std::int32_t id) {
  std::string out;
  put(out, 0, 4);  // its length
  put(out, produce, 2);
  put(out, version, 2);
  put(out, id, 4);
  put_string(out, "__admin_client");
  put(out, -1, 2);  // no transaction
  put(out, 1, 2);   // the leader alone
  put(out, patience_ms, 4);
  put(out, 1, 4);
  put_string(out, offsets_topic);
  put(out, static_cast<std::int64_t>(batches.size()), 4);
  for (const CommitBatch* batch : batches) {
    put(out, batch->offsets_partition(), 4);
    put(out, static_cast<std::int64_t>(batch->bytes().size()), 4);
    out += batch->bytes();
  }
  std::string length;
  put(length, static_cast<std::int64_t>(out.size() - 4), 4);
  return out.replace(0, 4, length);
}

}  // namespace

ProduceConnection::ProduceConnection(const std::string& bootstrap)
    : socket_(connected_to(bootstrap)) {}

ProduceConnection::~ProduceConnection() { close(socket_); }

void ProduceConnection::send(const std::vector<const CommitBatch*>& batches) {
  if (last_request_ - last_answer_ >= open_requests) take_answer();
  write_all(request_of(batches, ++last_request_));
}

void ProduceConnection::finish() {
  while (last_answer_ < last_request_) take_answer();
}

void ProduceConnection::take_answer() {
  const auto length = static_cast<std::size_t>(number_at(read_exactly(4), 0, 4));
  const std::string answer = read_exactly(length);
  if (number_at(answer, 0, 4) != ++last_answer_) fail("an answer to another request");
  const std::size_t count_at = 4 + 4 + 2 + std::strlen(offsets_topic);
  const auto count = static_cast<std::size_t>(number_at(answer, count_at, 4));
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = count_at + 4 + i * length_of_a_partition;
    const std::int64_t error = number_at(answer, at + 4, 2);
    if (error == 0) continue;
    fail(std::string(offsets_topic) + "-" + std::to_string(number_at(answer, at, 4)) +
         ": Kafka's error " + std::to_string(error));
  }
}

void ProduceConnection::write_all(const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t wrote = ::send(socket_, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (wrote < 0) fail_with_errno("writing to the broker");
    done += static_cast<std::size_t>(wrote);
  }
}

std::string ProduceConnection::read_exactly(std::size_t count) {
  std::string out(count, '\0');
  for (std::size_t done = 0; done < count;) {
    const ssize_t got = recv(socket_, out.data() + done, count - done, 0);
    if (got < 0) fail_with_errno("reading from the broker");
    if (got == 0) fail("the broker has closed the connection");
    done += static_cast<std::size_t>(got);
  }
  return out;
}

}  // namespace tidemark::bench
