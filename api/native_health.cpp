// Index, liveness and readiness.
#include <nlohmann/json.hpp>

#include "api/lookup.h"
#include "api/native.h"
#include "api/replies.h"
#include "api/router.h"
#include "api/server.h"
#include "api/words.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json readiness_of(const ClusterReport& report) {
  const ClusterHealth& health = report.health;
  const auto ratio = catch_up_ratio(health);
  return {{"cluster", report.cluster.get()},
          {"ready", is_settled(report)},
          {"state", word(health.link.state)},
          {"problem", text_or_null(health.link.problem)},
          {"resource", text_or_null(health.link.resource)},
          {"right", text_or_null(health.link.right)},
          {"caught_up", health.caught_up},
          {"catch_up",
           {{"done", health.catch_up_done},
            {"total", health.catch_up_total},
            {"percent", ratio ? Json(*ratio * 100.0) : Json()}}}};
}

}  // namespace

HttpReply get_index(const Call& call) {
  HttpReply reply;
  reply.content_type = "text/plain; charset=utf-8";
  reply.body = "Tidemark " + call.site.settings.version +
               ": consumer-lag monitoring for Apache Kafka\n\nWhat is served here (GET):\n";
  for (const Route& route : routes()) reply.body += "  " + std::string(route.pattern) + "\n";
  return reply;
}

HttpReply get_health(const Call& call) {
  const Json data = {{"status", "ok"}, {"version", call.site.settings.version}};
  return data_reply(data.dump(), std::nullopt, as_of(call.site.view.reports()));
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
  HttpReply reply = data_reply(data.dump(-1, ' ', false, Json::error_handler_t::replace),
                               std::nullopt, as_of(reports));
  reply.status = ready ? 200 : 503;
  return reply;
}

}  // namespace tidemark
