#include "notifiers/wording.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/calendar.h"
#include "evaluator/words.h"
#include "notifiers/text.h"

namespace tidemark {
namespace {

// From 1970 to 9999: the library has no words for other years.
Instant sane(Instant at) { return std::clamp(at, from_ms(0), from_ms(253'402'300'799'999)); }

std::string_view trouble(IncidentKind kind) {
  switch (kind) {
    case IncidentKind::status:
      return "";
    case IncidentKind::data_loss:
      return "records were lost unread";
    case IncidentKind::retention_risk:
      return "unread records are about to be deleted";
    case IncidentKind::blocked_by_transaction:
      return "blocked by a transaction";
    case IncidentKind::monitor_blind:
      return "Tidemark does not see the cluster well enough to judge";
    case IncidentKind::cluster_unreachable:
      break;
  }
  return "cluster is unreachable";
}

bool of_cluster(const Alert& alert) {
  return alert.kind == IncidentKind::monitor_blind ||
         alert.kind == IncidentKind::cluster_unreachable;
}

std::string ended(const Alert& alert) {
  switch (alert.kind) {
    case IncidentKind::status:
      return words::name(alert.group.get()) + " is " + std::string{to_string(alert.status)} +
             " again";
    case IncidentKind::monitor_blind:
      return "Tidemark sees the cluster again";
    case IncidentKind::cluster_unreachable:
      return "cluster is reachable again";
    default:
      return words::name(alert.group.get()) + ": over: " + std::string{trouble(alert.kind)};
  }
}

std::string going_on(MessageKind kind, const Alert& alert) {
  if (of_cluster(alert)) return std::string{trouble(alert.kind)};
  const bool still = kind == MessageKind::still;
  std::string out = words::name(alert.group.get());
  if (kind == MessageKind::worsened && alert.before && *alert.before != alert.status) {
    out += fmt::format(" went from {} to {}", to_string(*alert.before), to_string(alert.status));
  } else {
    out += fmt::format(" is {}{}", still ? "still " : "", to_string(alert.status));
  }
  if (alert.kind != IncidentKind::status) out += fmt::format(": {}", trouble(alert.kind));
  return out;
}

std::string several(const Message& message) {
  const Alert& first = message.alerts.front();
  const bool one_cluster =
      std::all_of(message.alerts.begin(), message.alerts.end(),
                  [&](const Alert& alert) { return alert.cluster == first.cluster; });
  const std::string where =
      one_cluster ? fmt::format("[{}] ", words::name(first.cluster.get())) : "";
  const std::string many = words::count(static_cast<std::int64_t>(message.count), "incident");
  const std::string name = first.group.get().empty() ? first.cluster.get() : first.group.get();
  return fmt::format("{}{}{}, among them {} ({})", where, many, is_over(message) ? " over" : "",
                     words::name(name), state_of(first));
}

}  // namespace

std::string name_of(const Alert& alert) {
  const std::string cluster = words::name(alert.cluster.get());
  return alert.group.get().empty() ? cluster : cluster + " " + words::name(alert.group.get());
}

std::string state_of(const Alert& alert) {
  if (alert.until) return "OK";
  switch (alert.kind) {
    case IncidentKind::status:
      return std::string{to_string(alert.status)};
    case IncidentKind::data_loss:
      return "DATA LOSS";
    case IncidentKind::retention_risk:
      return "RETENTION RISK";
    case IncidentKind::blocked_by_transaction:
      return "BLOCKED";
    case IncidentKind::monitor_blind:
      return "NOT SEEN";
    case IncidentKind::cluster_unreachable:
      break;
  }
  return "UNREACHABLE";
}

std::string headline(const Message& message) {
  const Alert& first = message.alerts.front();
  if (message.kind == MessageKind::dropped) return "Messages of Tidemark were lost";
  std::string out;
  if (message.kind == MessageKind::test) out = "TEST ";
  if (message.kind == MessageKind::digest) out = "Digest: ";
  if (message.count > 1) return out + several(message);
  out += fmt::format("[{}] ", words::name(first.cluster.get()));
  return out + (first.until ? ended(first) : going_on(message.kind, first));
}

std::string when(const Alert& alert, Instant at) {
  const Instant end = alert.until.value_or(at);
  const std::string span = words::span(std::max(end - alert.since, Duration{0}));
  const std::string since = words::clock(sane(alert.since), sane(at));
  if (!alert.until) return fmt::format("since {}, for {}", since, span);
  return fmt::format("from {} to {}, for {}", since, words::clock(sane(*alert.until), sane(at)),
                     span);
}

std::string rfc3339(Instant at) {
  const Instant in_range = sane(at);
  const auto ms = (in_range - std::chrono::floor<std::chrono::seconds>(in_range)).count();
  std::string out = fmt::format("{:%Y-%m-%dT%H:%M:%S}", calendar(at));
  if (ms > 0) out += fmt::format(".{:03}", ms);
  return out + "Z";
}

}  // namespace tidemark
