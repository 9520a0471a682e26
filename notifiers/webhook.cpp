#include <algorithm>
#include <utility>

#include "notifiers/each_notifier.h"
#include "notifiers/hashing.h"
#include "notifiers/http.h"
#include "notifiers/message_json.h"
#include "notifiers/template_data.h"

namespace tidemark {
namespace {

// Signed is "SECONDS.BODY", so that nobody can send an old body again as a new one.
void sign(HttpCall& request, const Secret& key, Instant now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const std::string timestamp = std::to_string(seconds);
  const std::string sum = hmac_sha256_hex(key.get(), timestamp + "." + request.body);
  request.headers.emplace_back("X-Tidemark-Timestamp", Secret{timestamp});
  request.headers.emplace_back("X-Tidemark-Signature", Secret{"v1=" + sum});
}

// As a header can hold it.
std::string header_key(const std::string& key) {
  const bool plain = key.size() <= 200 && std::all_of(key.begin(), key.end(),
                                                      [](char c) { return c > 0x20 && c < 0x7F; });
  return plain ? key : sha256_hex(key);
}

class Webhook : public Notifier {
 public:
  Webhook(WebhookSettings settings, Transport transport)
      : settings_(std::move(settings)), transport_(std::move(transport)) {}

  [[nodiscard]] Result<std::vector<Prepared>> prepare(const Message& message) const override {
    if (settings_.body.empty()) {
      return std::vector<Prepared>{{"", message_json(message), message.idempotency_key}};
    }
    auto body = render(settings_.body, template_data(message), escape_for(settings_.content_type));
    if (!body) return body.error().within("body");
    return std::vector<Prepared>{{"", std::move(body.value()), message.idempotency_key}};
  }

  [[nodiscard]] Delivery send(const Prepared& prepared, const Attempt& attempt) const override {
    HttpCall request;
    request.method = settings_.method;
    request.url = settings_.url;
    request.login = settings_.login;
    request.body = prepared.content;
    request.headers = {{"Content-Type", Secret{settings_.content_type}},
                       {"Idempotency-Key", Secret{header_key(prepared.key)}}};
    std::vector<Secret> secrets{settings_.url, settings_.login.password, settings_.sign_with};
    for (const auto& [name, value] : settings_.headers) {
      request.headers.emplace_back(name, value);
      secrets.push_back(value);
    }
    if (!settings_.sign_with.get().empty()) sign(request, settings_.sign_with, attempt.now);
    return without_secrets(http_deliver(request, transport_, attempt), secrets);
  }

 private:
  const WebhookSettings settings_;
  const Transport transport_;
};

}  // namespace

NotifierPtr webhook_notifier(const WebhookSettings& settings, const Transport& transport) {
  return std::make_unique<Webhook>(settings, transport);
}

}  // namespace tidemark
