#include "api/server.h"

#include <unistd.h>

#include <array>
#include <utility>

#include "api/exchange.h"
#include "api/listener.h"
#include "api/replies.h"
#include "api/request_metrics.h"
#include "api/router.h"

namespace tidemark {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

Refusal refusal_of(int status) {
  switch (status) {
    case 413:
      return {413, "body_too_large", "a request body may have 64 kB at most", "body"};
    case 411:
      return {411, "length_needed", "a body is sent with its Content-Length, not in chunks",
              "body"};
    case 414:
      return {414, "uri_too_long", "a request line may have 8192 bytes at most", "path"};
    case 416:
      return {416, "bad_range", "the Range header is malformed", "Range"};
    case 400:
      return {400, "bad_request", "the request line or a header is malformed or too long", ""};
    default:
      return {status, "internal", "the request could not be served", ""};
  }
}

}  // namespace

struct Server::Impl final : HttpService {
  const ServerSettings settings;
  RequestMetrics requests;
  const std::unique_ptr<Listener> listener;
  Site site;

  Impl(ServerSettings set, std::unique_ptr<Listener> listening, View& view, Changes* changes)
      : settings(std::move(set)),
        listener(std::move(listening)),
        site{view,
             settings,
             requests,
             [this] { return listener->stats(); },
             host_name(),
             changes,
             {settings.tokens, listener->loopback(), settings.page_url}} {}

  HttpReply answer(const HttpRequest& request) override { return dispatch(site, request); }
  HttpReply refuse(int status) override { return refusal_reply(refusal_of(status)); }
  void finished(std::string_view route, int status, std::chrono::duration<double> taken) override {
    requests.count(route, status, taken);
  }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() { impl_->listener->stop(); }

Result<std::unique_ptr<Server>> Server::start(ServerSettings settings, View& view,
                                              Changes* changes) {
  auto listener = Listener::open(settings.host, settings.port);
  if (!listener) return listener.error();
  auto impl =
      std::make_unique<Impl>(std::move(settings), std::move(listener.value()), view, changes);
  Impl* const self = impl.get();
  self->listener->start(self->settings.threads,
                        [self](Connection& connection) { serve_requests(connection, *self); });
  return std::make_unique<Server>(std::move(impl));
}

int Server::port() const { return impl_->listener->port(); }

}  // namespace tidemark
