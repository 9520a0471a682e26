#include "tests/api/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cctype>

namespace tidemark::test {
namespace {

std::string dechunked(std::string_view text) {
  std::string out;
  for (;;) {
    const std::size_t line = text.find("\r\n");
    if (line == std::string_view::npos) return out + "<cut off>";
    const std::size_t size = std::stoul(std::string(text.substr(0, line)), nullptr, 16);
    if (size == 0) return out;
    out += text.substr(line + 2, size);
    text.remove_prefix(std::min(line + 2 + size + 2, text.size()));
  }
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

RawClient::RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval limit{10, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(static_cast<std::uint16_t>(port));
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0) return;
  close(socket_);
  socket_ = -1;
}

RawClient::~RawClient() {
  if (socket_ >= 0) close(socket_);
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string RawClient::read_some() {
  std::array<char, 65536> buffer{};
  const ssize_t got = recv(socket_, buffer.data(), buffer.size(), 0);
  return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : "";
}

std::string RawClient::read_all() {
  std::string out;
  for (std::string piece = read_some(); !piece.empty(); piece = read_some()) out += piece;
  return out;
}

Answer parse_answer(const std::string& bytes) {
  Answer out;
  const std::size_t head = bytes.find("\r\n\r\n");
  if (head == std::string::npos) return out;
  out.status = std::stoi(bytes.substr(9, 3));
  std::size_t at = bytes.find("\r\n") + 2;
  while (at < head + 2) {
    const std::size_t end = bytes.find("\r\n", at);
    const std::size_t colon = bytes.find(": ", at);
    out.headers[lower(bytes.substr(at, colon - at))] = bytes.substr(colon + 2, end - colon - 2);
    at = end + 2;
  }
  out.body = bytes.substr(head + 4);
  const bool chunked = out.headers.contains("transfer-encoding");
  if (chunked && !out.body.empty()) out.body = dechunked(out.body);
  return out;
}

Answer fetch(int port, const std::string& target, const std::string& method,
             const std::string& headers) {
  RawClient client(port);
  if (!client.connected()) return {};
  client.send(method + " " + target + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n" + headers +
              "\r\n");
  return parse_answer(client.read_all());
}

}  // namespace tidemark::test
