#include "api/group_json.h"

#include <algorithm>

#include "api/diagnosis_json.h"
#include "api/json_values.h"
#include "api/lookup.h"
#include "api/partition_json.h"
#include "api/words.h"

namespace tidemark {
namespace {

// Findings by name only, or whole.
using Findings = void (*)(JsonWriter& out, const Diagnosis* diagnosis);

void write_summary(JsonWriter& out, const ClusterReport& cluster, const GroupReport& group,
                   Findings write_findings) {
  const Instant now = cluster.as_of_broker;
  out.field("cluster", cluster.cluster.get())
      .field("group", group.name.get())
      .field("status", to_string(group.status))
      .field("reason", to_string(group.reason))
      .field("explanation", group.explanation)
      .field("trend", trend_of(group.reason))
      .field("stale", group.stale)
      .field("learning", group.learning)
      .list("conditions", group.conditions.words());
  write_findings(out, group.diagnosis.get());
  out.field("lag", group.lag)
      .field("time_lag_seconds", group.time_lag(now))
      .field("lost", group.lost)
      .field("complete", group.complete)
      .field("status_since_ms", cluster.shown(group.status_since))
      .field("last_commit_ms", group.last_commit)
      .field("last_commit_age_seconds", age(group.last_commit, now))
      .field("partition_count", group.partition_count)
      .field("member_count", group.members.size())
      .field("kind", word(group.kind))
      .field_if_said("state", group.state)
      .field("generation", if_so(group.generation >= 0, group.generation))
      .field_if_said("protocol_type", group.protocol_type)
      .field("rules", to_string(group.rules));
}

void write_assigned(JsonWriter& out, const MemberReport& member) {
  if (!member.assignment_known) {
    out.field("assigned", nullptr);
    return;
  }
  out.key("assigned").begin_object();
  for (const auto& [topic, partitions] : member.assigned) out.any_key(topic).array(partitions);
  out.end_object();
}

void write_member(JsonWriter& out, const MemberReport& member) {
  out.begin_object()
      .field("member_id", member.member_id)
      .field_if_said("instance_id", member.instance_id)
      .field("client_id", member.client_id)
      .field("client_host", member.client_host);
  if (member.subscription_known) {
    out.list("subscribed", member.subscribed);
  } else {
    out.field("subscribed", nullptr);
  }
  out.field_if_said("subscribed_regex", member.subscribed_regex);
  write_assigned(out, member);
  out.key("assigned_unnamed").begin_array();  // of topics whose name is not known (yet)
  for (const AssignedById& each : member.assigned_unnamed) {
    out.begin_object()
        .field("topic_id", to_string(each.topic))
        .list("partitions", each.partitions)
        .end_object();
  }
  out.end_array().field("away", member.away).end_object();
}

constexpr std::size_t bytes_of_a_partition = 600;
constexpr std::size_t bytes_of_a_sample = 70;

std::size_t expected_bytes(const GroupReport& group, const AskedWindows& asked) {
  std::size_t bytes = 2000;
  for (const TopicOfGroup& topic : group.topics) {
    bytes += topic.partitions.size() * bytes_of_a_partition;
  }
  for (const PartitionWindow& window : asked.windows) {
    bytes += window.samples.size() * bytes_of_a_sample;
  }
  return bytes;
}

}  // namespace

void write_group_fields(JsonWriter& out, const ClusterReport& cluster, const GroupReport& group) {
  write_summary(out, cluster, group, write_finding_names);
}

std::string group_detail_json(const ClusterReport& cluster, const GroupReport& group,
                              const AskedWindows& asked) {
  JsonWriter out(expected_bytes(group, asked));
  out.begin_object();
  write_summary(out, cluster, group, write_findings);
  write_forecast(out, group.diagnosis.get());
  if (asked.asked) out.field_if_said("window_problem", asked.problem);
  out.key("members").begin_array();
  for (const MemberReport& member : group.members) write_member(out, member);
  out.end_array().key("partitions").begin_array();
  for (const TopicOfGroup& of : group.topics) {
    const JudgedTopic topic = judged_topic(cluster, of);
    for (const PartitionReport& partition : of.partitions) {
      out.begin_object();
      write_partition(out, cluster, group, topic, partition);
      if (asked.asked) {
        write_window(out, find_window(asked.windows, of.topic, partition.partition));
      }
      out.end_object();
    }
  }
  return out.end_array().end_object().take();
}

}  // namespace tidemark
