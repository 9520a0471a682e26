// One HTTP request as a handler sees it and one reply as it makes it: plain values, so that no
// handler knows the HTTP library. HttpService is what stands between the two.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark {

struct HttpRequest {
  std::string method;
  std::string target;    // as it came, still percent-encoded
  std::string accept{};  // header lines; empty: there was none
  std::string if_none_match{};
  // Of what changes something:
  std::string host{};
  std::string origin{};
  std::string content_type{};
  std::string authorization{};  // never logged, never served
  std::string body{};
  bool from_this_machine = false;  // over its loopback, and not passed on by a proxy
};

// Takes the next piece of a body; false: the client has gone, and the rest need not be made.
using BodySink = std::function<bool(std::string_view)>;

struct HttpReply {
  int status = 200;
  std::string content_type;
  std::string body;
  bool gzip = false;  // `body` is compressed already; who does not take that gets it unpacked
  std::vector<std::pair<std::string, std::string>> headers;
  std::function<void(const BodySink&)> stream;  // makes the body in pieces instead of `body`
  std::string_view route = "other";             // the pattern of its route; for request metrics
};

// All calls come from the threads of the listener, several at once. None may throw.
class HttpService {
 public:
  HttpService() = default;
  HttpService(const HttpService&) = delete;
  HttpService& operator=(const HttpService&) = delete;
  virtual ~HttpService() = default;

  virtual HttpReply answer(const HttpRequest& request) = 0;
  // The reply to what could not be taken as a request: 400, 411, 413, 414, 416, 500.
  virtual HttpReply refuse(int status) = 0;
  // A reply has been sent, as far as the client took it.
  virtual void finished(std::string_view route, int status,
                        std::chrono::duration<double> taken) = 0;
};

}  // namespace tidemark
