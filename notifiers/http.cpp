#include "notifiers/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "notifiers/text.h"
#include "notifiers/transfer.h"

namespace tidemark {
namespace {

constexpr Duration longest_wait = std::chrono::hours{24};
constexpr std::size_t longest_said = 300;

using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

HeaderList header_list(const HttpCall& request) {
  curl_slist* out = nullptr;
  const auto add = [&](const std::string& line) {
    curl_slist* longer = curl_slist_append(out, line.c_str());
    if (longer != nullptr) out = longer;
  };
  add("User-Agent: tidemark");
  add("Expect:");  // no pause before the body
  for (const auto& [name, value] : request.headers) add(name + ": " + value.get());
  return {out, curl_slist_free_all};
}

void put_request(CURL* handle, const HttpCall& request, const curl_slist* headers) {
  curl_easy_setopt(handle, CURLOPT_URL, request.url.get().c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  if (request.method == "GET") {
    curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
  } else {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
  if (request.login.username.empty()) return;
  curl_easy_setopt(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
  curl_easy_setopt(handle, CURLOPT_USERNAME, request.login.username.c_str());
  curl_easy_setopt(handle, CURLOPT_PASSWORD, request.login.password.get().c_str());
}

// The last one counts: a proxy's answer has a head of its own before it.
std::string header_of(const std::vector<std::string>& lines, std::string_view name) {
  std::string out;
  for (const std::string& line : lines) {
    const auto colon = line.find(':');
    if (colon != name.size()) continue;
    const bool same = std::equal(name.begin(), name.end(), line.begin(), [](char a, char b) {
      return a == std::tolower(static_cast<unsigned char>(b));
    });
    if (!same) continue;
    const auto begin = line.find_first_not_of(" \t", colon + 1);
    out = begin == std::string::npos ? "" : line.substr(begin);
  }
  return out;
}

}  // namespace

Result<HttpAnswer> http_call(const HttpCall& request, const Transport& transport,
                             const Attempt& attempt) {
  Transfer transfer(transport, attempt);
  const HeaderList headers = header_list(request);
  if (transfer.handle() != nullptr) put_request(transfer.handle(), request, headers.get());
  const Status status = transfer.run();
  if (!status) return status.error();
  return HttpAnswer{transfer.code(), transfer.body(),
                    parse_retry_after(header_of(transfer.lines(), "retry-after"), attempt.now)};
}

std::string said(const HttpAnswer& reply) {
  const std::string text = one_line(reply.body, longest_said);
  return std::to_string(reply.status) + (text.empty() ? "" : ": " + text);
}

Delivery judged(const HttpAnswer& reply) {
  const int status = reply.status;
  if (status >= 200 && status < 300) return {Outcome::delivered, said(reply), {}};
  if (status >= 300 && status < 400) {
    return {Outcome::refused, said(reply) + " (a redirect, which is not followed)", {}};
  }
  const bool login = status == 401 || status == 407;  // that can be put right
  const bool passes = login || status == 408 || status == 425 || status == 429 || status >= 500;
  return {passes ? Outcome::try_again : Outcome::refused, said(reply), reply.retry_after};
}

Delivery http_deliver(const HttpCall& request, const Transport& transport, const Attempt& attempt) {
  const auto reply = http_call(request, transport, attempt);
  return reply ? judged(reply.value()) : Delivery{Outcome::try_again, reply.error().message, {}};
}

Delivery without_secrets(Delivery delivery, const std::vector<Secret>& secrets) {
  for (const Secret& secret : secrets) {
    delivery.said = without_secret(std::move(delivery.said), secret.get());
  }
  return delivery;
}

std::optional<Duration> parse_retry_after(std::string_view value, Instant now) {
  if (value.empty()) return std::nullopt;
  const bool digits = value.size() <= 9 && std::all_of(value.begin(), value.end(),
                                                       [](char c) { return c >= '0' && c <= '9'; });
  if (digits) {
    return std::min<Duration>(std::chrono::seconds{std::stol(std::string{value})}, longest_wait);
  }
  const time_t at = curl_getdate(std::string{value}.c_str(), nullptr);
  if (at < 0) return std::nullopt;
  const Duration span = Instant{std::chrono::seconds{at}} - now;
  return std::clamp(span, Duration{0}, longest_wait);
}

}  // namespace tidemark
