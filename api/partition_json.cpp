#include "api/partition_json.h"

#include "api/json_values.h"
#include "api/lookup.h"

namespace tidemark {
namespace {

void write_owner(JsonWriter& out, const MemberReport* owner) {
  if (owner == nullptr) {
    out.field("owner", nullptr);
    return;
  }
  out.key("owner")
      .begin_object()
      .field("member_id", owner->member_id)
      .field("client_id", owner->client_id)
      .field("client_host", owner->client_host)
      .end_object();
}

void write_log(JsonWriter& out, const TopicPartitionReport* known) {
  static const TopicPartitionReport unknown;
  const TopicPartitionReport& log = known != nullptr ? *known : unknown;
  out.field("log_end", log.end)
      .field("log_start", log.start)
      .field("lso", log.lso)
      .field("lso_since_ms", log.lso_since)
      .field("leader", if_so(log.leader >= 0, log.leader));
}

}  // namespace

JudgedTopic judged_topic(const ClusterReport& cluster, const TopicOfGroup& topic) {
  return {&topic, cluster.find_topic(topic.topic.get())};
}

void write_partition(JsonWriter& out, const ClusterReport& cluster, const GroupReport& group,
                     const JudgedTopic& topic, const PartitionReport& at) {
  const Instant now = cluster.as_of_broker;
  const auto committed_at = if_so(at.committed, at.committed_at);
  out.field("topic", topic.of->topic.get())
      .field("partition", at.partition.get())
      .field("status", to_string(at.status))
      .field("reason", to_string(at.reason))
      .field("explanation", at.explanation(now))
      .field("trend", trend_of(at.reason))
      .field("stale", at.stale)
      .field("learning", at.learning)
      .field("unprobed", at.unprobed)
      .list("conditions", at.conditions.words())
      .field("committed_offset", if_so(at.committed, at.committed_offset))
      .field("committed_at_ms", committed_at)
      .field("commit_age_seconds", age(committed_at, now));
  write_log(out, find_partition(topic.log, at.partition));
  out.field("lag", at.lag)
      .field("time_lag_seconds", at.time_lag(now))
      .field("unread_since_ms", at.unread_since)
      .field("lost", if_so(at.committed, at.lost))
      .field("complete", at.complete());
  write_owner(out, find_owner(group, at));
}

void write_window(JsonWriter& out, const PartitionWindow* window) {
  if (window == nullptr) {
    out.field("patience_seconds", nullptr).field("window", nullptr);
    return;
  }
  out.field("patience_seconds", window->patience).key("window").begin_array();
  for (const WindowSample& sample : window->samples) {
    out.begin_object()
        .field("offset", sample.offset)
        .field("committed_at_ms", sample.at)
        .field("lag", sample.lag)
        .end_object();
  }
  out.end_array();
}

}  // namespace tidemark
