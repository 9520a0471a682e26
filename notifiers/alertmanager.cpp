#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <utility>

#include "notifiers/each_notifier.h"
#include "notifiers/http.h"
#include "notifiers/text.h"
#include "notifiers/wording.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;

// What Alertmanager takes as the name of a label; else what is nearest to it.
std::string label_name(const std::string& name) {
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x80 && std::isalnum(byte) != 0 ? c : '_';
  }
  return out.empty() || std::isdigit(static_cast<unsigned char>(out.front())) != 0 ? "_" + out
                                                                                   : out;
}

std::string severity_of(GroupStatus status) {
  return status == GroupStatus::error ? "critical" : "warning";
}

// From opening to end the same labels are the same alert.
Json labels_of(const Alert& alert, const std::string& severity,
               const std::map<std::string, std::string>& more) {
  Json out = Json::object();
  for (const auto& [name, value] : more) out[label_name(name)] = value;
  for (const auto& [name, value] : alert.labels) out[label_name(name)] = value;
  out["alertname"] = "Tidemark_" + std::string{to_string(alert.kind)};
  out["cluster"] = alert.cluster.get();
  if (!alert.group.get().empty()) out["group"] = alert.group.get();
  out["severity"] = severity;
  return out;
}

Json annotations_of(const Alert& alert, Instant at) {
  Json out = {{"summary", state_of(alert) + " " + name_of(alert)},
              {"description", one_line(alert.reason) + " (" + when(alert, at) + ")"}};
  if (alert.causes.empty()) return out;
  out["likely_cause"] = alert.causes.front().sentence;
  if (!alert.causes.front().next_step.empty()) out["next_step"] = alert.causes.front().next_step;
  return out;
}

// The severity is a label: what was told with another one has to end.
bool had_other_severity(const Alert& alert) {
  return alert.before && *alert.before != GroupStatus::ok &&
         severity_of(*alert.before) != severity_of(alert.status);
}

class Alertmanager : public Notifier {
 public:
  Alertmanager(AlertmanagerSettings settings, Transport transport)
      : settings_(std::move(settings)), transport_(std::move(transport)) {}

  [[nodiscard]] Result<std::vector<Prepared>> prepare(const Message& message) const override {
    // What is open is told there again and again: nothing is missing.
    if (message.kind == MessageKind::dropped) return std::vector<Prepared>{};
    Json alerts = Json::array();
    for (const Alert& alert : message.alerts) {
      if (alert.until) {
        alerts.push_back(told(alert, alert.before.value_or(alert.status), *alert.until, message));
        continue;
      }
      if (had_other_severity(alert)) {
        alerts.push_back(told(alert, *alert.before, message.at, message));
      }
      alerts.push_back(told(alert, alert.status, std::nullopt, message));
    }
    const std::string content = alerts.dump(-1, ' ', false, Json::error_handler_t::replace);
    std::vector<Prepared> out;
    for (const std::string& url : settings_.urls) {
      out.push_back({url, content, message.idempotency_key + "-" + url});
    }
    return out;
  }

  [[nodiscard]] Delivery send(const Prepared& prepared, const Attempt& attempt) const override {
    Json alerts = Json::parse(prepared.content, nullptr, false);
    if (!alerts.is_array()) return {Outcome::refused, "what was stored is no JSON list", {}};
    // What is open is so from now on for as long as it is not told again.
    for (Json& alert : alerts) {
      if (!alert.contains("endsAt")) alert["endsAt"] = rfc3339(attempt.now + settings_.valid_for);
    }
    std::string base = prepared.address;
    while (!base.empty() && base.back() == '/') base.pop_back();
    HttpCall request;
    request.url = Secret{base + "/api/v2/alerts"};
    request.headers = {{"Content-Type", Secret{"application/json"}}};
    request.login = settings_.login;
    request.body = alerts.dump();
    return without_secrets(http_deliver(request, transport_, attempt), {settings_.login.password});
  }

  [[nodiscard]] bool each_incident() const override { return true; }
  [[nodiscard]] std::optional<Duration> keep_alive() const override {
    return settings_.valid_for / 3;
  }

 private:
  [[nodiscard]] Json told(const Alert& alert, GroupStatus status, std::optional<Instant> end,
                          const Message& message) const {
    const bool digest = message.kind == MessageKind::digest;  // wakes nobody there either
    const std::string severity = digest ? "info" : severity_of(status);
    Json out = {{"labels", labels_of(alert, severity, settings_.labels)},
                {"annotations", annotations_of(alert, message.at)},
                {"startsAt", rfc3339(alert.since)},
                {"generatorURL", alert.link}};
    if (end) out["endsAt"] = rfc3339(std::max(*end, alert.since));
    return out;
  }

  const AlertmanagerSettings settings_;
  const Transport transport_;
};

}  // namespace

NotifierPtr alertmanager_notifier(const AlertmanagerSettings& settings,
                                  const Transport& transport) {
  return std::make_unique<Alertmanager>(settings, transport);
}

}  // namespace tidemark
