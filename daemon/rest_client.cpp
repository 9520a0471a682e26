#include "daemon/rest_client.h"

#include <httplib.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "config/problems.h"
#include "daemon/connect_problem.h"
#include "daemon/rest_url.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds connect_limit{3};
constexpr seconds silence_limit{5};
constexpr seconds whole_limit{30};
constexpr std::size_t largest_body = 512'000'000;

// The message of {"error": {"message": …}}; empty if it is not that.
std::string message_of(const std::string& body) {
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object() || !json.contains("error") || !json["error"].is_object()) return "";
  const auto message = json["error"].find("message");
  return message != json["error"].end() && message->is_string() ? message->get<std::string>() : "";
}

bool is_of_kind(const httplib::Response& response, std::string_view kind) {
  return response.get_header_value("Content-Type").find(kind) != std::string::npos;
}

}  // namespace

struct RestClient::Impl {
  Impl(RestUrl where, const std::string& text)
      : url(std::move(where)), shown(text), client(url.origin()) {
    client.set_connection_timeout(connect_limit);
    client.set_read_timeout(silence_limit);
    client.set_write_timeout(silence_limit);
    client.set_keep_alive(true);
  }

  [[nodiscard]] Error nobody(const std::string& why) const {
    return {"no Tidemark answers at " + shown + " (" + why +
            "): is `tidemark run` running? use --url"};
  }

  [[nodiscard]] Error failed(httplib::Error error, bool out_of_time) const {
    if (error == httplib::Error::Connection) return nobody(connect_problem(url.host, url.port));
    if (out_of_time) return nobody("its answer took more than 30 s");
    if (error == httplib::Error::Canceled) return nobody("its answer is too large");
    if (error == httplib::Error::Read) return nobody("it accepts connections, but sends no answer");
    return nobody(httplib::to_string(error));
  }

  Result<std::string> get(const std::string& target, std::string_view kind) {
    const auto end = steady_clock::now() + whole_limit;
    std::string body;
    const auto receive = [&](const char* data, std::size_t size) {
      body.append(data, size);
      return steady_clock::now() < end && body.size() <= largest_body;
    };
    const auto result = client.Get((url.prefix + target).c_str(), receive);
    if (!result) return failed(result.error(), steady_clock::now() >= end);
    if (result->status == 200 && is_of_kind(*result, kind)) return body;
    const std::string message = message_of(body);
    if (!message.empty()) return Error{message};
    return Error{"what answers at " + shown + " is not Tidemark (HTTP status " +
                 std::to_string(result->status) + "): use --url"};
  }

  Result<std::string> change(const std::string& method, const std::string& target,
                             const std::string& body, const std::string& token) {
    httplib::Headers headers;
    if (!token.empty()) headers.emplace("Authorization", "Bearer " + token);
    const std::string path = url.prefix + target;
    const auto result = method == "POST"
                            ? client.Post(path.c_str(), headers, body, "application/json")
                            : client.Delete(path.c_str(), headers, body, "application/json");
    if (!result) return failed(result.error(), false);
    if (result->status >= 200 && result->status < 300 && is_of_kind(*result, "json")) {
      return result->body;
    }
    const std::string message = message_of(result->body);
    if (!message.empty()) return Error{message};
    return Error{"what answers at " + shown + " is not Tidemark (HTTP status " +
                 std::to_string(result->status) + "): use --url"};
  }

  RestUrl url;
  std::string shown;
  httplib::Client client;
};

RestClient::RestClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RestClient::~RestClient() = default;

Result<std::unique_ptr<RestClient>> RestClient::open(const std::string& url) {
  auto parsed = parse_rest_url(url);
  if (!parsed) return Error{quote(url) + " " + parsed.error().message};
  auto impl = std::make_unique<Impl>(std::move(parsed.value()), url);
  if (!impl->client.is_valid()) return Error{quote(url) + " can't be used by this client"};
  return std::unique_ptr<RestClient>(new RestClient(std::move(impl)));
}

Result<std::string> RestClient::get(const std::string& target, std::string_view kind) {
  return impl_->get(target, kind);
}

Result<std::string> RestClient::change(const std::string& method, const std::string& target,
                                       const std::string& body, const std::string& token) {
  return impl_->change(method, target, body, token);
}

}  // namespace tidemark
