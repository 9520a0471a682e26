#include <nlohmann/json.hpp>
#include <utility>

#include "notifiers/each_notifier.h"
#include "notifiers/hashing.h"
#include "notifiers/http.h"
#include "notifiers/template_data.h"
#include "notifiers/text.h"
#include "notifiers/wording.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;

// PagerDuty's own limits.
constexpr std::size_t longest_summary = 1000;
constexpr std::size_t longest_key = 255;

// The worst of them counts; whoever is called by it wants to know before getting up.
std::string severity_of(const Message& message) {
  for (const auto kind : {MessageKind::test, MessageKind::digest, MessageKind::dropped}) {
    if (message.kind == kind) return "info";
  }
  for (const Alert& alert : message.alerts) {
    if (alert.until) continue;
    if (alert.status == GroupStatus::error || alert.kind == IncidentKind::cluster_unreachable) {
      return "critical";
    }
  }
  return "warning";
}

std::string dedup_key_of(const Message& message) {
  const std::string& key = message.dedup_key;
  return key.size() <= longest_key && characters(key) == key.size() ? key : sha256_hex(key);
}

Json details_of(const Alert& alert, Instant at) {
  Json out = {{"status", to_string(alert.status)},
              {"about", to_string(alert.kind)},
              {"cluster", alert.cluster.get()},
              {"group", alert.group.get()},
              {"reason", alert.reason},
              {"when", when(alert, at)}};
  if (alert.lag) out["lag"] = *alert.lag;
  if (alert.time_lag) out["time_lag_seconds"] = to_seconds(*alert.time_lag);
  if (!alert.topic.get().empty()) {
    out["partition"] = alert.topic.get() + "-" + std::to_string(alert.partition.get());
  }
  if (!alert.causes.empty()) {
    out["likely_cause"] = alert.causes.front().sentence;
    if (!alert.causes.front().next_step.empty()) {
      out["next_step"] = alert.causes.front().next_step;
    }
  }
  for (const auto& [name, value] : alert.labels) out["labels"][name] = value;
  return out;
}

Json details_of(const Message& message) {
  if (message.count == 1) return details_of(message.alerts.front(), message.at);
  Json listed = Json::array();
  for (const Alert& alert : message.alerts) {
    listed.push_back(state_of(alert) + " " + name_of(alert) + ": " + one_line(alert.reason, 300));
  }
  return {{"count", message.count}, {"worst", listed}};
}

Json payload_of(const Message& message, const std::string& summary) {
  const Alert& first = message.alerts.front();
  return {{"summary", summary.empty() ? "Tidemark" : summary},
          {"source", one_line(first.cluster.get(), 200)},
          {"severity", severity_of(message)},
          {"timestamp", rfc3339(first.since)},
          {"component", one_line(first.group.get(), 200)},
          {"class", to_string(first.kind)},
          {"custom_details", details_of(message)}};
}

class PagerDuty : public Notifier {
 public:
  PagerDuty(PagerDutySettings settings, Transport transport)
      : settings_(std::move(settings)), transport_(std::move(transport)) {}

  [[nodiscard]] Result<std::vector<Prepared>> prepare(const Message& message) const override {
    const bool over = is_over(message);
    Json out = {{"event_action", over ? "resolve" : "trigger"},
                {"dedup_key", dedup_key_of(message)}};
    if (!over) {
      auto summary = summary_of(message);
      if (!summary) return summary.error().within("summary");
      out["client"] = "Tidemark";
      out["payload"] = payload_of(message, one_line(summary.value(), longest_summary));
      if (!message.link.empty()) {
        out["client_url"] = message.link;
        out["links"] = {{{"href", message.link}, {"text", "Show it in Tidemark"}}};
      }
    }
    return std::vector<Prepared>{
        {"", out.dump(-1, ' ', false, Json::error_handler_t::replace), message.idempotency_key}};
  }

  [[nodiscard]] Delivery send(const Prepared& prepared, const Attempt& attempt) const override {
    Json event = Json::parse(prepared.content, nullptr, false);
    if (!event.is_object()) return {Outcome::refused, "what was stored is no JSON object", {}};
    event["routing_key"] = settings_.routing_key.get();
    HttpCall request;
    request.url = Secret{settings_.url};
    request.headers = {{"Content-Type", Secret{"application/json"}}};
    request.body = event.dump(-1, ' ', false, Json::error_handler_t::replace);
    const auto reply = http_call(request, transport_, attempt);
    if (!reply) return {Outcome::try_again, reply.error().message, {}};
    return without_secrets(meaning(reply.value()), {settings_.routing_key});
  }

 private:
  [[nodiscard]] Result<std::string> summary_of(const Message& message) const {
    if (!settings_.summary.empty()) {
      return render(settings_.summary, template_data(message), Escape::none);
    }
    const Alert& first = message.alerts.front();
    return headline(message) + (message.count > 1 ? "" : ": " + first.reason);
  }

  // "success" in the body is what says that the event was taken.
  static Delivery meaning(const HttpAnswer& reply) {
    const Delivery out = judged(reply);
    if (out.outcome != Outcome::delivered) return out;
    const Json body = Json::parse(reply.body, nullptr, false);
    const bool taken = body.is_object() && body.value("status", Json()) == "success";
    return taken ? out : strange(out.said);
  }

  const PagerDutySettings settings_;
  const Transport transport_;
};

}  // namespace

NotifierPtr pagerduty_notifier(const PagerDutySettings& settings, const Transport& transport) {
  return std::make_unique<PagerDuty>(settings, transport);
}

}  // namespace tidemark
