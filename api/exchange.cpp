#include "api/exchange.h"

#include <httplib.h>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "api/change_routes.h"
#include "api/gzip.h"
#include "core/aside.h"
#include "core/breaks.h"
#include "core/log.h"

namespace tidemark {
namespace {

constexpr int kMaxRequests = 1000;        // on one connection
constexpr std::size_t kWorthGzip = 1400;  // bytes; below, one packet holds it anyway

// What the library reads from and writes to.
class ConnectionStream final : public httplib::Stream {
 public:
  explicit ConnectionStream(Connection& connection) : connection_(connection) {}

  bool is_readable() const override { return !connection_.failed(); }
  bool is_writable() const override { return !connection_.failed(); }
  ssize_t read(char* into, std::size_t size) override { return connection_.read(into, size); }
  ssize_t write(const char* bytes, std::size_t size) override {
    return connection_.write({bytes, size}) ? static_cast<ssize_t>(size) : -1;
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  // The library refuses descriptors above 1023 because it would select() on them; here nobody does.
  socket_t socket() const override { return 0; }

 private:
  Connection& connection_;
};

bool takes_gzip(const std::string& header) {
  const std::size_t gzip = header.find("gzip");
  if (gzip == std::string::npos) return false;
  const std::string rest = header.substr(gzip + 4, header.find(',', gzip) - gzip - 4);
  const bool refused =
      rest.find("q=0") != std::string::npos && rest.find_first_of("123456789") == std::string::npos;
  return !refused;
}

// A proxy on this machine that says so is not this machine itself.
bool passed_on(const httplib::Request& request) {
  for (const char* name : {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"}) {
    if (request.has_header(name)) return true;
  }
  return false;
}

bool has_body(const httplib::Request& request) {
  const std::string length = request.get_header_value("Content-Length");
  return request.has_header("Transfer-Encoding") || (!length.empty() && length != "0");
}

// Null: it is no number.
std::optional<std::uint64_t> length_of_body(const httplib::Request& request) {
  const std::string text = request.get_header_value("Content-Length");
  if (text.empty()) return 0;
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error == std::errc::result_out_of_range) return UINT64_MAX;
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return length;
}

using Stream = std::function<void(const BodySink&)>;

// Lets other threads have the core between two pieces, now and then.
Stream with_breaks(Stream stream) {
  using Clock = std::chrono::steady_clock;
  return [stream = std::move(stream)](const BodySink& sink) {
    Breaks breaks(Clock::now());
    stream([&](std::string_view piece) {
      const auto now = Clock::now();
      if (breaks.due(now)) {
        std::this_thread::yield();
        breaks.over(now, Clock::now());
      }
      return sink(piece);
    });
  };
}

void stream_gzipped(const Stream& stream, const BodySink& to) {
  Gzip gzip(to);
  stream([&](std::string_view piece) { return gzip.write(piece); });
  gzip.finish();
}

// The library's server, used for what it does between two bytes streams; one per connection.
class Exchange final : private httplib::Server {
 public:
  Exchange(Connection& connection, HttpService& service)
      : connection_(connection), stream_(connection), service_(service) {
    svr_sock_ = 0;  // else it takes itself for stopped and cuts streamed replies
    set_keep_alive_max_count(kMaxRequests);
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      route(request, response);
      return HandlerResponse::Handled;
    });
    set_error_handler(
        HandlerWithResponse([this](const httplib::Request&, httplib::Response& response) {
          return explain(response);
        }));
  }

  void run() {
    for (int n = 1; n <= kMaxRequests && connection_.await_request(); ++n) {
      if (!one(n == kMaxRequests)) break;
    }
    connection_.finish();
  }

 private:
  bool one(bool last) {
    const auto begin = std::chrono::steady_clock::now();
    bool closed = false;
    routed_ = gzip_ = false;
    status_ = 0;
    route_ = "other";
    const bool kept = process_request(stream_, last, closed,
                                      [&](httplib::Request& request) { prepare(request); });
    if (status_ != 0) service_.finished(route_, status_, std::chrono::steady_clock::now() - begin);
    return kept && routed_ && !closed && !closing_ && !connection_.failed();
  }

  void prepare(httplib::Request& request) {
    request_ = &request;
    request.ranges.clear();  // answers are made anew for each request; parts of them mean nothing
    // The library compresses nothing: its gzip costs three times ours, its brotli seconds a
    // megabyte.
    gzip_ = takes_gzip(request.get_header_value("Accept-Encoding"));
    request.headers.erase("Accept-Encoding");
    closing_ = has_body(request);
    if (closing_) request.headers.erase("Connection");
    if (closing_) request.set_header("Connection", "close");
  }

  void route(const httplib::Request& request, httplib::Response& response) {
    routed_ = true;
    HttpRequest asked;
    const int refused = is_change(request.method, request.target) ? read_body(request, asked)
                                                                  : refused_length(request);
    if (refused != 0) return fill(service_.refuse(refused), response);
    asked.method = request.method;
    asked.target = request.target;
    asked.accept = request.get_header_value("Accept");
    asked.if_none_match = request.get_header_value("If-None-Match");
    asked.host = request.get_header_value("Host");
    asked.origin = request.get_header_value("Origin");
    asked.content_type = request.get_header_value("Content-Type");
    asked.authorization = request.get_header_value("Authorization");
    asked.from_this_machine = connection_.from_loopback() && !passed_on(request);
    fill(service_.answer(asked), response);
  }

  static int refused_length(const httplib::Request& request) {
    const auto length = length_of_body(request);
    return !length ? 400 : *length > Connection::kMaxBody ? 413 : 0;
  }

  // The status to refuse it with; 0: `to` has it.
  int read_body(const httplib::Request& request, HttpRequest& to) {
    if (request.has_header("Transfer-Encoding")) return 411;
    if (const int refused = refused_length(request); refused != 0) return refused;
    const auto length = static_cast<std::size_t>(*length_of_body(request));
    if (length > Connection::kMaxChange) return 413;
    to.body.resize(length);
    for (std::size_t got = 0; got < length;) {
      const ssize_t more = connection_.read(to.body.data() + got, length - got);
      if (more <= 0) return 400;  // nobody is there to hear it
      got += static_cast<std::size_t>(more);
    }
    return 0;
  }

  void fill(HttpReply reply, httplib::Response& response) {
    response.status = status_ = reply.status;
    route_ = reply.route;
    for (const auto& [name, value] : reply.headers) response.set_header(name, value);
    response.set_header("Accept-Ranges", "none");
    const bool gzip = gzip_ && (reply.gzip || reply.stream || reply.body.size() >= kWorthGzip);
    if (gzip) response.set_header("Content-Encoding", "gzip");
    if (reply.stream) return fill_stream(reply, gzip, response);
    if (!reply.content_type.empty()) response.set_header("Content-Type", reply.content_type);
    response.body = gzip == reply.gzip ? std::move(reply.body)
                    : gzip             ? gzipped(reply.body)
                                       : gunzipped(reply.body);
  }

  void fill_stream(HttpReply& reply, bool gzip, httplib::Response& response) {
    auto held = std::make_shared<Stream>(std::move(reply.stream));
    const auto write = [held, gzip](std::size_t, httplib::DataSink& sink) {
      const BodySink plain = [&](std::string_view piece) {
        return piece.empty() || sink.write(piece.data(), piece.size());
      };
      do_aside("http-long", [&] {
        const Stream stream = with_breaks(std::move(*held));  // and what it holds goes there, too
        gzip ? stream_gzipped(stream, plain) : stream(plain);
      });
      sink.done();
      return true;
    };
    if (request_->version == "HTTP/1.0") {  // has no chunks: the end of the connection is the end
      closing_ = true;
      response.set_content_provider(reply.content_type, write);
    } else {
      response.set_chunked_content_provider(reply.content_type, write);
    }
  }

  // What the library refuses by itself comes without a word.
  HandlerResponse explain(httplib::Response& response) {
    if (routed_) return HandlerResponse::Unhandled;
    closing_ = true;
    fill(service_.refuse(response.status), response);
    return HandlerResponse::Handled;
  }

  Connection& connection_;
  ConnectionStream stream_;
  HttpService& service_;
  httplib::Request* request_ = nullptr;  // the one in work
  bool gzip_ = false;                    // its client takes it
  bool routed_ = false;
  bool closing_ = false;  // after this reply
  int status_ = 0;
  std::string_view route_;
};

}  // namespace

void serve_requests(Connection& connection, HttpService& service) {
  try {
    Exchange(connection, service).run();
  } catch (const std::exception& error) {
    log::error("an HTTP connection ended early: {}", error.what());
  }
}

}  // namespace tidemark
