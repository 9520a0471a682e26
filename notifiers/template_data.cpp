#include "notifiers/template_data.h"

#include <fmt/format.h>

#include "evaluator/words.h"
#include "notifiers/text.h"
#include "notifiers/wording.h"

namespace tidemark {
namespace {

class Filling {
 public:
  // Nothing where there is nothing, so that {{#name}} asks whether there is something.
  Filling& text(const char* name, const std::string& value) {
    if (!value.empty()) data_.texts.emplace(name, one_line(value));
    return *this;
  }
  Filling& number(const char* name, std::int64_t value) {
    return text(name, std::to_string(value));
  }
  Filling& instant(const char* name, Instant at) {
    return text(name, rfc3339(at)).number((std::string{name} + "_ms").c_str(), to_ms(at));
  }
  Filling& flag(const char* name, bool value) {
    if (value) data_.flags.insert(name);
    return *this;
  }
  Filling& list(const char* name, std::vector<TemplateData> items) {
    if (!items.empty()) data_.lists.emplace(name, std::move(items));
    return *this;
  }
  TemplateData take() { return std::move(data_); }

 private:
  TemplateData data_;
};

std::vector<TemplateData> causes_of(const Alert& alert) {
  std::vector<TemplateData> out;
  for (const Finding& cause : alert.causes) {
    out.push_back(Filling()
                      .text("cause", cause.sentence)
                      .text("next_step", cause.next_step)
                      .text("finding", std::string{to_string(cause.kind)})
                      .take());
  }
  return out;
}

std::vector<TemplateData> labels_of(const Alert& alert) {
  std::vector<TemplateData> out;
  for (const auto& [name, value] : alert.labels) {
    out.push_back(Filling().text("name", name).text("value", value).take());
  }
  return out;
}

void put_first_cause(Filling& to, const Alert& alert) {
  if (alert.causes.empty()) return;
  to.text("cause", alert.causes.front().sentence).text("next_step", alert.causes.front().next_step);
}

void put_measures(Filling& to, const Alert& alert) {
  if (alert.lag) to.text("lag", words::number(*alert.lag)).number("lag_records", *alert.lag);
  if (alert.time_lag) {
    to.text("time_lag", words::span(*alert.time_lag))
        .text("time_lag_seconds", fmt::format("{:g}", to_seconds(*alert.time_lag)));
  }
  if (alert.topic.get().empty()) return;
  to.text("topic", alert.topic.get()).number("partition", alert.partition.get());
}

void put(Filling& to, const Alert& alert, Instant at) {
  to.text("incident", alert.incident)
      .text("about", std::string{to_string(alert.kind)})
      .text("cluster", alert.cluster.get())
      .text("group", alert.group.get())
      .text("status", std::string{to_string(alert.status)})
      .text("state", state_of(alert))
      .text("reason", alert.reason)
      .text("outlook", alert.outlook)
      .text("when", when(alert, at))
      .instant("since", alert.since)
      .text("duration", words::span(alert.until.value_or(at) - alert.since))
      .text("alert_link", alert.link)
      .flag("over", alert.until.has_value())
      .flag("learning", alert.learning)
      .list("causes", causes_of(alert))
      .list("labels", labels_of(alert));
  if (alert.before) to.text("before", std::string{to_string(*alert.before)});
  if (alert.until) to.instant("until", *alert.until);
  if (alert.flaps > 0) to.number("flaps", alert.flaps);
  put_first_cause(to, alert);
  put_measures(to, alert);
}

void put_flags(Filling& to, const Message& message) {
  to.flag(std::string{to_string(message.kind)}.c_str(), true);
  to.flag("many", message.count > 1);
  if (message.kind == MessageKind::dropped) to.text("state", "MESSAGES LOST");
}

}  // namespace

TemplateData template_data(const Message& message) {
  Filling out;
  put(out, message.alerts.front(), message.at);
  std::vector<TemplateData> alerts;
  for (const Alert& alert : message.alerts) {
    Filling one;
    put(one, alert, message.at);
    alerts.push_back(one.take());
  }
  out.list("alerts", std::move(alerts));
  put_flags(out, message);
  out.text("kind", std::string{to_string(message.kind)})
      .text("headline", headline(message))
      .instant("at", message.at)
      .number("count", static_cast<std::int64_t>(message.count))
      .text("link", message.link)
      .text("dedup_key", message.dedup_key)
      .text("idempotency_key", message.idempotency_key);
  if (message.count > message.alerts.size()) {
    out.number("more", static_cast<std::int64_t>(message.count - message.alerts.size()));
  }
  return out.take();
}

const std::set<std::string>& template_names() {
  static const std::set<std::string> names{"about",
                                           "alert_link",
                                           "alerts",
                                           "at",
                                           "at_ms",
                                           "before",
                                           "cause",
                                           "causes",
                                           "cluster",
                                           "count",
                                           "dedup_key",
                                           "digest",
                                           "dropped",
                                           "duration",
                                           "finding",
                                           "flaps",
                                           "group",
                                           "headline",
                                           "idempotency_key",
                                           "incident",
                                           "kind",
                                           "labels",
                                           "lag",
                                           "lag_records",
                                           "learning",
                                           "link",
                                           "many",
                                           "more",
                                           "name",
                                           "next_step",
                                           "opened",
                                           "outlook",
                                           "over",
                                           "partition",
                                           "picture",
                                           "picture_about",
                                           "reason",
                                           "resolved",
                                           "since",
                                           "since_ms",
                                           "state",
                                           "status",
                                           "still",
                                           "test",
                                           "time_lag",
                                           "time_lag_seconds",
                                           "topic",
                                           "until",
                                           "until_ms",
                                           "value",
                                           "when",
                                           "worsened"};
  return names;
}

}  // namespace tidemark
