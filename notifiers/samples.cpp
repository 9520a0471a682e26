#include "notifiers/samples.h"

#include <algorithm>

#include "notifiers/dropped.h"
#include "notifiers/links.h"

namespace tidemark {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t many = 200;
constexpr int points = 60;

// Flat, then it rises to the end: what a group looks like whose only member went.
std::vector<LagPoint> rising(Instant now, std::int64_t lag) {
  std::vector<LagPoint> out;
  for (int i = 0; i < points; ++i) {
    const std::int64_t part = std::max(0, i - points / 2);
    out.push_back({now - minutes{points - i}, lag * part / (points / 2)});
  }
  return out;
}

Finding no_members() {
  Finding out;
  out.kind = FindingKind::no_members;
  out.sentence = "It has no members: the last one, consumer-1 at 10.0.0.7, left 12 min ago.";
  out.next_step =
      "kafka-consumer-groups.sh --bootstrap-server HOST:PORT --describe --group payments-sample";
  return out;
}

Alert stopped(Instant now, const std::string& page) {
  Alert out;
  out.incident = "sample-1";
  out.cluster = ClusterName{"SAMPLE"};
  out.group = GroupName{"payments-sample"};
  out.status = GroupStatus::error;
  out.reason = "orders-3 is STOPPED: no commit for 12 min while 48,200 records wait.";
  out.causes = {no_members()};
  out.outlook = "Nothing reads it, so it will not catch up.";
  out.lag = 48'200;
  out.time_lag = minutes{12} + seconds{20};
  out.since = now - minutes{12};
  out.topic = TopicName{"orders"};
  out.partition = PartitionId{3};
  out.labels = {{"team", "payments"}};
  out.link = link_to_group(page, out.cluster, out.group, now);
  out.lag_series = rising(now, *out.lag);
  return out;
}

Message about(MessageKind kind, Alert alert, Instant now, const std::string& key) {
  Message out;
  out.kind = kind;
  out.at = now;
  out.link = alert.link;
  out.dedup_key = key;
  out.idempotency_key = key + "-" + std::string{to_string(kind)};
  out.alerts.push_back(std::move(alert));
  return out;
}

Alert ended(Alert alert, Instant now) {
  alert.before = alert.status;
  alert.status = GroupStatus::ok;
  alert.reason = "Nothing waits: it has read everything.";
  alert.causes.clear();
  alert.outlook.clear();
  alert.lag = 0;
  alert.time_lag = Duration{0};
  alert.until = now;
  return alert;
}

// Whatever may be unknown is.
Message unreachable(Instant now, const std::string& page) {
  Alert alert;
  alert.incident = "sample-2";
  alert.kind = IncidentKind::cluster_unreachable;
  alert.cluster = ClusterName{"SAMPLE"};
  alert.status = GroupStatus::unknown;
  alert.reason = "None of its brokers answers.";
  alert.since = now - minutes{2};
  alert.link = link_to_cluster(page, alert.cluster);
  return about(MessageKind::opened, std::move(alert), now, "sample-cluster");
}

Message of_many(MessageKind kind, Instant now, const std::string& page) {
  Message out = about(kind, stopped(now, page), now, "sample-many");
  for (int i = 2; i <= 10; ++i) {
    Alert alert = stopped(now, page);
    alert.incident = "sample-many-" + std::to_string(i);
    alert.group = GroupName{"payments-sample-" + std::to_string(i)};
    if (i > 7) alert.status = GroupStatus::warning;
    out.alerts.push_back(std::move(alert));
  }
  out.count = many;
  return out;
}

}  // namespace

Message sample_message(Instant now, const std::string& page, const std::string& key) {
  Message out = about(MessageKind::test, stopped(now, page), now, key);
  out.idempotency_key = key + "-begin";
  return out;
}

Message sample_end(Instant now, const std::string& page, const std::string& key) {
  Message out = about(MessageKind::test, ended(stopped(now, page), now), now, key);
  out.idempotency_key = key + "-end";
  return out;
}

std::vector<Message> sample_messages(Instant now) {
  const std::string page = "http://127.0.0.1:8000";
  Alert worse = stopped(now, page);
  worse.before = GroupStatus::warning;
  return {about(MessageKind::opened, stopped(now, page), now, "sample"),
          about(MessageKind::worsened, worse, now, "sample"),
          about(MessageKind::still, stopped(now, page), now, "sample"),
          about(MessageKind::resolved, ended(stopped(now, page), now), now, "sample"),
          unreachable(now, page),
          of_many(MessageKind::opened, now, page),
          of_many(MessageKind::digest, now, page),
          dropped_message("oncall", {37, now - std::chrono::hours{3}, now - std::chrono::hours{1}},
                          page, now),
          sample_message(now, page, "sample")};
}

}  // namespace tidemark
