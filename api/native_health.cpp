// Index, liveness and readiness.
#include <nlohmann/json.hpp>

#include "api/json_forms.h"
#include "api/lookup.h"
#include "api/native.h"
#include "api/page/page.h"
#include "api/replies.h"
#include "api/router.h"
#include "api/server.h"
#include "api/words.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;
using Form = JsonForms<Json>;

Json readiness_of(const ClusterReport& report) {
  const ClusterHealth& health = report.health;
  return {{"cluster", report.cluster.get()},
          {"ready", is_settled(report)},
          {"state", word(health.link.state)},
          {"problem", Form::text(health.link.problem)},
          {"resource", Form::text(health.link.resource)},
          {"right", Form::text(health.link.right)},
          {"caught_up", health.caught_up},
          {"catch_up", Form::catch_up(health)}};
}

Json history_of(const HistoryStatus& status) {
  return {{"state", to_string(status.state)},
          {"reason", Form::text(status.reason)},
          {"last_ms", status.last ? Json(to_ms(*status.last)) : Json()},
          {"bytes", status.bytes},
          {"samples", status.samples},
          {"lost", status.lost}};
}

Json events_of(const EventStatus& status) {
  return {{"state", to_string(status.state)},
          {"reason", Form::text(status.reason)},
          {"last_ms", status.last ? Json(to_ms(*status.last)) : Json()},
          {"bytes", status.bytes},
          {"written", status.written},
          {"waiting", status.waiting},
          {"lost", status.lost}};
}

Json alerts_of(const AlertStatus& status) {
  const bool off = status.path.empty();
  return {{"state", off                      ? "off"
                    : status.failing.empty() ? "keeping"
                                             : "failing"},
          {"reason", Form::text(status.failing)}};
}

}  // namespace

HttpReply get_index(const Call& call) {
  const bool browser = call.request.accept.find("text/html") != std::string::npos;
  if (browser) return to_page(call);
  HttpReply reply;
  reply.headers = {{"Vary", "Accept"}};
  reply.content_type = "text/plain; charset=utf-8";
  reply.body =
      "Tidemark " + call.site.settings.version +
      ": consumer-lag monitoring for Apache Kafka\n\nThe page for people is at /ui/. What is "
      "served here (GET):\n";
  for (const Route& route : routes()) reply.body += "  " + std::string(route.pattern) + "\n";
  return reply;
}

HttpReply get_health(const Call& call) {
  const Json data = {{"status", "ok"},
                     {"version", call.site.settings.version},
                     {"history", history_of(*call.site.view.history())},
                     {"events", events_of(*call.site.view.events())},
                     {"alerts", alerts_of(*call.site.view.alerts())}};
  return data_reply(Form::dump(data), std::nullopt, as_of(call.site.view.reports()));
}

HttpReply get_readiness(const Call& call) {
  const Reports reports = call.site.view.reports();
  bool ready = true;
  Json clusters = Json::array();
  for (const auto& report : reports) {
    ready = ready && is_settled(*report);
    clusters.push_back(readiness_of(*report));
  }
  const Json data = {{"ready", ready}, {"clusters", clusters}};
  HttpReply reply = data_reply(Form::dump(data), std::nullopt, as_of(reports));
  reply.status = ready ? 200 : 503;
  return reply;
}

}  // namespace tidemark
