#include "notifiers/message_json.h"

#include <nlohmann/json.hpp>

#include "notifiers/wording.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json causes_json(const Alert& alert) {
  Json out = Json::array();
  for (const Finding& cause : alert.causes) {
    out.push_back({{"finding", to_string(cause.kind)},
                   {"sentence", cause.sentence},
                   {"next_step", text_or_null(cause.next_step)}});
  }
  return out;
}

Json alert_json(const Alert& alert) {
  const bool partition = !alert.topic.get().empty();
  return {{"incident", alert.incident},
          {"about", to_string(alert.kind)},
          {"cluster", alert.cluster.get()},
          {"group", text_or_null(alert.group.get())},
          {"status", to_string(alert.status)},
          {"before", alert.before ? Json(to_string(*alert.before)) : Json()},
          {"over", alert.until.has_value()},
          {"learning", alert.learning},
          {"flaps", alert.flaps},
          {"reason", alert.reason},
          {"causes", causes_json(alert)},
          {"outlook", text_or_null(alert.outlook)},
          {"lag", alert.lag ? Json(*alert.lag) : Json()},
          {"time_lag_seconds", alert.time_lag ? Json(to_seconds(*alert.time_lag)) : Json()},
          {"since_ms", to_ms(alert.since)},
          {"until_ms", alert.until ? Json(to_ms(*alert.until)) : Json()},
          {"topic", text_or_null(alert.topic.get())},
          {"partition", partition ? Json(alert.partition.get()) : Json()},
          {"labels", alert.labels},
          {"link", text_or_null(alert.link)}};
}

}  // namespace

std::string message_json(const Message& message) {
  Json alerts = Json::array();
  for (const Alert& alert : message.alerts) alerts.push_back(alert_json(alert));
  const Json out = {{"kind", to_string(message.kind)},
                    {"headline", headline(message)},
                    {"at_ms", to_ms(message.at)},
                    {"over", is_over(message)},
                    {"count", message.count},
                    {"link", text_or_null(message.link)},
                    {"dedup_key", message.dedup_key},
                    {"idempotency_key", message.idempotency_key},
                    {"alerts", alerts}};
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tidemark
