// SMS: by Twilio's API, or by any gateway that takes HTTP. Each number is a delivery of its own.
#include <nlohmann/json.hpp>
#include <utility>

#include "core/percent.h"
#include "notifiers/each_notifier.h"
#include "notifiers/http.h"
#include "notifiers/sms_text.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;

Result<std::vector<Prepared>> for_each_number(const Message& message, const std::string& text,
                                              const std::vector<std::string>& numbers) {
  const auto content = sms_text(message, text);
  if (!content) return content.error().within("text");
  std::vector<Prepared> out;
  out.reserve(numbers.size());
  for (const std::string& to : numbers) {
    out.push_back({to, content.value(), message.idempotency_key + "-" + to});
  }
  return out;
}

class Twilio : public Notifier {
 public:
  Twilio(TwilioSettings settings, Transport transport)
      : settings_(std::move(settings)), transport_(std::move(transport)) {}

  [[nodiscard]] Result<std::vector<Prepared>> prepare(const Message& message) const override {
    return for_each_number(message, settings_.text, settings_.to);
  }

  [[nodiscard]] Delivery send(const Prepared& prepared, const Attempt& attempt) const override {
    const bool service = settings_.from.rfind("MG", 0) == 0;
    HttpCall request;
    request.url = Secret{settings_.url + "/2010-04-01/Accounts/" +
                         percent_encode(settings_.account_sid) + "/Messages.json"};
    request.headers = {{"Content-Type", Secret{"application/x-www-form-urlencoded"}}};
    request.login = {settings_.account_sid, settings_.auth_token};
    request.body = "To=" + percent_encode(prepared.address) +
                   (service ? "&MessagingServiceSid=" : "&From=") + percent_encode(settings_.from) +
                   "&Body=" + percent_encode(prepared.content);
    const auto reply = http_call(request, transport_, attempt);
    if (!reply) return {Outcome::try_again, reply.error().message, {}};
    return without_secrets(meaning(reply.value()), {settings_.auth_token});
  }

 private:
  // A message that was taken has an id; what it says of itself counts more than the status.
  static Delivery meaning(const HttpAnswer& reply) {
    Delivery out = judged(reply);
    const Json body = Json::parse(reply.body, nullptr, false);
    if (out.outcome != Outcome::delivered) return out;
    if (!body.is_object() || !body.value("sid", Json()).is_string()) return strange(out.said);
    const Json status = body.value("status", Json());
    const bool failed = status == "failed" || status == "undelivered" ||
                        !body.value("error_code", Json()).is_null();
    if (failed) return {Outcome::refused, out.said, {}};
    out.said = std::to_string(reply.status) + ": " + body["sid"].get<std::string>() +
               (status.is_string() ? ", " + status.get<std::string>() : "");
    return out;
  }

  const TwilioSettings settings_;
  const Transport transport_;
};

class SmsGateway : public Notifier {
 public:
  SmsGateway(SmsGatewaySettings settings, Transport transport)
      : settings_(std::move(settings)), transport_(std::move(transport)) {}

  [[nodiscard]] Result<std::vector<Prepared>> prepare(const Message& message) const override {
    return for_each_number(message, settings_.text, settings_.to);
  }

  // The request is made here and not stored: its templates may hold secrets.
  [[nodiscard]] Delivery send(const Prepared& prepared, const Attempt& attempt) const override {
    const TemplateData data{{{"to", prepared.address}, {"text", prepared.content}}, {}, {}};
    const auto url = render(settings_.url.get(), data, Escape::url);
    const auto body = render(settings_.body, data, escape_for(settings_.content_type));
    if (!url) return {Outcome::refused, "url: " + url.error().message, {}};
    if (!body) return {Outcome::refused, "body: " + body.error().message, {}};
    HttpCall request;
    request.method = settings_.method;
    request.url = Secret{url.value()};
    request.login = settings_.login;
    if (request.method != "GET") {
      request.body = body.value();
      request.headers.emplace_back("Content-Type", Secret{settings_.content_type});
    }
    std::vector<Secret> secrets{request.url, settings_.login.password};
    for (const auto& [name, value] : settings_.headers) {
      request.headers.emplace_back(name, value);
      secrets.push_back(value);
    }
    return without_secrets(http_deliver(request, transport_, attempt), secrets);
  }

 private:
  const SmsGatewaySettings settings_;
  const Transport transport_;
};

}  // namespace

NotifierPtr twilio_notifier(const TwilioSettings& settings, const Transport& transport) {
  return std::make_unique<Twilio>(settings, transport);
}

NotifierPtr sms_gateway_notifier(const SmsGatewaySettings& settings, const Transport& transport) {
  return std::make_unique<SmsGateway>(settings, transport);
}

}  // namespace tidemark
