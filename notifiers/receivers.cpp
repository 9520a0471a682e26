#include "notifiers/receivers.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "notifiers/each_notifier.h"
#include "notifiers/samples.h"
#include "notifiers/template_data.h"
#include "notifiers/text.h"

namespace tidemark {
namespace {

struct NamedTemplate {
  std::string key;
  std::string text;
  std::set<std::string> names;
};

NamedTemplate of_message(const std::string& key, const std::string& text) {
  return {key, text, template_names()};
}

NamedTemplate of_request(const std::string& key, const std::string& text) {
  return {key, text, {"to", "text"}};
}

using Templates = std::vector<NamedTemplate>;

struct TemplatesOf {
  Templates operator()(const EmailSettings& mail) const {
    return {of_message("subject", mail.subject), of_message("text", mail.text),
            of_message("html", mail.html)};
  }
  Templates operator()(const FileSettings& file) const { return (*this)(file.mail); }
  Templates operator()(const TwilioSettings& sms) const { return {of_message("text", sms.text)}; }
  Templates operator()(const SmsGatewaySettings& sms) const {
    return {of_request("url", sms.url.get()), of_message("text", sms.text),
            of_request("body", sms.body)};
  }
  Templates operator()(const SlackSettings& slack) const {
    return {of_message("text", slack.text)};
  }
  Templates operator()(const PagerDutySettings& pager) const {
    return {of_message("summary", pager.summary)};
  }
  Templates operator()(const AlertmanagerSettings&) const { return {}; }
  Templates operator()(const WebhookSettings& webhook) const {
    return {of_message("body", webhook.body)};
  }
  Templates operator()(const CommandSettings&) const { return {}; }
};

struct NotifierOf {
  const Transport& transport;

  NotifierPtr operator()(const EmailSettings& s) const { return email_notifier(s, transport); }
  NotifierPtr operator()(const FileSettings& s) const { return file_notifier(s); }
  NotifierPtr operator()(const TwilioSettings& s) const { return twilio_notifier(s, transport); }
  NotifierPtr operator()(const SmsGatewaySettings& s) const {
    return sms_gateway_notifier(s, transport);
  }
  NotifierPtr operator()(const SlackSettings& s) const { return slack_notifier(s, transport); }
  NotifierPtr operator()(const PagerDutySettings& s) const {
    return pagerduty_notifier(s, transport);
  }
  NotifierPtr operator()(const AlertmanagerSettings& s) const {
    return alertmanager_notifier(s, transport);
  }
  NotifierPtr operator()(const WebhookSettings& s) const { return webhook_notifier(s, transport); }
  NotifierPtr operator()(const CommandSettings& s) const { return command_notifier(s); }
};

// The body that a template is to make, where it is to be JSON.
struct JsonBody {
  std::string key;
  bool wanted = false;
};

JsonBody json_body_of(const ChannelSettings& channel) {
  const auto* webhook = std::get_if<WebhookSettings>(&channel);
  if (webhook == nullptr || webhook->body.empty()) return {};
  return {"body", escape_for(webhook->content_type) == Escape::json};
}

// Null if it is fine.
std::optional<ReceiverProblem> tried(const Notifier& notifier, const Message& message,
                                     const JsonBody& json) {
  const auto prepared = notifier.prepare(message);
  const std::string with = "rendered with a sample: ";
  if (!prepared) return ReceiverProblem{"", with + prepared.error().message};
  for (const Prepared& one : prepared.value()) {
    if (json.wanted && !nlohmann::json::accept(one.content)) {
      return ReceiverProblem{json.key, with + "is no JSON: " + one_line(one.content, 200)};
    }
  }
  return std::nullopt;
}

}  // namespace

std::unique_ptr<Notifier> make_notifier(const ReceiverSettings& settings) {
  return std::visit(NotifierOf{settings.transport}, settings.channel);
}

std::vector<ReceiverProblem> check_receiver(const ReceiverSettings& settings) {
  std::vector<ReceiverProblem> out;
  for (const NamedTemplate& one : std::visit(TemplatesOf{}, settings.channel)) {
    const Status status = check_template(one.text, one.names);
    if (!status) out.push_back({one.key, status.error().message});
  }
  if (!out.empty()) return out;
  const auto notifier = make_notifier(settings);
  const JsonBody json = json_body_of(settings.channel);
  for (const Message& message : sample_messages(from_ms(1'700'000'000'000))) {
    if (auto problem = tried(*notifier, message, json)) return {std::move(*problem)};
  }
  return out;
}

Delivery strange(const std::string& said) {
  return {Outcome::try_again, said + " (not the answer of a message that was taken)", {}};
}

Escape escape_for(const std::string& content_type) {
  const std::string_view type = content_type;
  if (type.find("json") != std::string_view::npos) return Escape::json;
  if (type.find("form-urlencoded") != std::string_view::npos) return Escape::url;
  const bool markup =
      type.find("html") != std::string_view::npos || type.find("xml") != std::string_view::npos;
  return markup ? Escape::html : Escape::none;
}

}  // namespace tidemark
