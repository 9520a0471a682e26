#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "evaluator/words.h"
#include "notifiers/each_notifier.h"
#include "notifiers/http.h"
#include "notifiers/template_data.h"
#include "notifiers/text.h"
#include "notifiers/wording.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;

// Slack's own limits, in characters, a little less for the "…".
constexpr std::size_t longest_header = 149;
constexpr std::size_t longest_section = 2900;
constexpr std::size_t longest_button = 74;
constexpr std::size_t longest_url = 3000;

// Plain text is shown as it is: a name can mention nobody and format nothing.
Json plain(const std::string& text, std::size_t most) {
  return {{"type", "plain_text"}, {"text", one_line(text, most)}, {"emoji", false}};
}

Json section(const std::string& text) {
  return {{"type", "section"}, {"text", plain(text, longest_section)}};
}

// To be copied: no formatting inside, and a line of its own.
Json command(const std::string& text) {
  const Json words = {{"type", "text"}, {"text", one_line(text, longest_section)}};
  const Json line = {{"type", "rich_text_preformatted"}, {"elements", {words}}};
  return {{"type", "rich_text"}, {"elements", {line}}};
}

std::string line_of(const Alert& alert, Instant at) {
  return state_of(alert) + " " + name_of(alert) + ": " + alert.reason + " (" + when(alert, at) +
         ")";
}

void put_single(Json& blocks, const Alert& alert, Instant at) {
  std::string words = alert.reason + " (" + when(alert, at);
  if (alert.lag) words += "; lag " + words::number(*alert.lag);
  blocks.push_back(section(words + ")"));
  if (alert.causes.empty()) return;
  blocks.push_back(section("Likely cause: " + alert.causes.front().sentence));
  if (!alert.causes.front().next_step.empty()) {
    blocks.push_back(command(alert.causes.front().next_step));
  }
}

void put_several(Json& blocks, const Message& message) {
  constexpr std::size_t shown = 20;
  const std::size_t listed = std::min(shown, message.alerts.size());
  for (std::size_t i = 0; i < listed; ++i) {
    blocks.push_back(section(line_of(message.alerts[i], message.at)));
  }
  if (message.count > listed) {
    blocks.push_back(section("… and " + std::to_string(message.count - listed) + " more"));
  }
}

void put_button(Json& blocks, const Message& message) {
  if (message.link.empty() || message.link.size() > longest_url) return;
  const std::string label = message.count > 1 ? "Show all of them" : "Show it";
  const Json button = {
      {"type", "button"}, {"text", plain(label, longest_button)}, {"url", message.link}};
  blocks.push_back({{"type", "actions"}, {"elements", {button}}});
}

class Slack : public Notifier {
 public:
  Slack(SlackSettings settings, Transport transport)
      : settings_(std::move(settings)), transport_(std::move(transport)) {}

  [[nodiscard]] Result<std::vector<Prepared>> prepare(const Message& message) const override {
    Json blocks = Json::array();
    blocks.push_back({{"type", "header"}, {"text", plain(headline(message), longest_header)}});
    if (!settings_.text.empty()) {
      const auto text = render(settings_.text, template_data(message), Escape::slack);
      if (!text) return text.error().within("text");
      const Json words = {{"type", "mrkdwn"}, {"text", shortened(text.value(), 3000, "…")}};
      if (!text.value().empty()) blocks.push_back({{"type", "section"}, {"text", words}});
    } else if (message.count > 1) {
      put_several(blocks, message);
    } else {
      put_single(blocks, message.alerts.front(), message.at);
    }
    put_button(blocks, message);
    // What notifications show; there it is read as mrkdwn.
    const Json out = {{"text", slack_escaped(headline(message))}, {"blocks", blocks}};
    return std::vector<Prepared>{
        {"", out.dump(-1, ' ', false, Json::error_handler_t::replace), message.idempotency_key}};
  }

  [[nodiscard]] Delivery send(const Prepared& prepared, const Attempt& attempt) const override {
    HttpCall request;
    request.url = settings_.url;
    request.headers = {{"Content-Type", Secret{"application/json; charset=utf-8"}}};
    request.body = prepared.content;
    const auto reply = http_call(request, transport_, attempt);
    if (!reply) return {Outcome::try_again, reply.error().message, {}};
    return without_secrets(meaning(reply.value()), {settings_.url});
  }

 private:
  // The answer to a message that was taken is "ok", and nothing else.
  static Delivery meaning(const HttpAnswer& reply) {
    const Delivery out = judged(reply);
    const bool ok = reply.body.rfind("ok", 0) == 0;
    return out.outcome == Outcome::delivered && !ok ? strange(out.said) : out;
  }

  const SlackSettings settings_;
  const Transport transport_;
};

}  // namespace

NotifierPtr slack_notifier(const SlackSettings& settings, const Transport& transport) {
  return std::make_unique<Slack>(settings, transport);
}

}  // namespace tidemark
