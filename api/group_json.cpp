#include "api/group_json.h"

#include <nlohmann/json.hpp>

#include "api/json_forms.h"
#include "api/lookup.h"
#include "api/words.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;
using Form = JsonForms<Json>;

Json summary(const ClusterReport& cluster, const GroupReport& group) {
  const Instant now = cluster.as_of_broker;
  return {{"cluster", cluster.cluster.get()},
          {"group", group.name.get()},
          {"status", to_string(group.status)},
          {"reason", to_string(group.reason)},
          {"explanation", group.explanation},
          {"trend", Form::value(trend_of(group.reason))},
          {"stale", group.stale},
          {"conditions", group.conditions.words()},
          {"lag", Form::value(group.lag)},
          {"time_lag_seconds", Form::seconds(group.time_lag(now))},
          {"lost", group.lost},
          {"complete", group.complete},
          {"status_since_ms", to_ms(cluster.shown(group.status_since))},
          {"last_commit_ms", Form::instant(group.last_commit)},
          {"last_commit_age_seconds", Form::age(group.last_commit, now)},
          {"partition_count", group.partition_count},
          {"member_count", group.members.size()},
          {"kind", word(group.kind)},
          {"state", Form::text(group.state)},
          {"generation", group.generation < 0 ? Json() : Json(group.generation)},
          {"protocol_type", Form::text(group.protocol_type)},
          {"rules", to_string(group.rules)}};
}

Json owner_json(const MemberReport* owner) {
  if (owner == nullptr) return {};
  return {{"member_id", owner->member_id},
          {"client_id", owner->client_id},
          {"client_host", owner->client_host}};
}

Json partition_json(const ClusterReport& cluster, const GroupReport& group,
                    const TopicOfGroup& topic, const PartitionReport& at) {
  const Instant now = cluster.as_of_broker;
  const auto* log = find_partition(cluster.find_topic(topic.topic.get()), at.partition);
  const auto committed = [&](auto value) { return at.committed ? Json(value) : Json(); };
  return {{"topic", topic.topic.get()},
          {"partition", at.partition.get()},
          {"status", to_string(at.status)},
          {"reason", to_string(at.reason)},
          {"explanation", at.explanation(now)},
          {"trend", Form::value(trend_of(at.reason))},
          {"stale", at.stale},
          {"unprobed", at.unprobed},
          {"conditions", at.conditions.words()},
          {"committed_offset", committed(at.committed_offset.get())},
          {"committed_at_ms", committed(to_ms(at.committed_at))},
          {"commit_age_seconds",
           Form::age(at.committed ? std::optional(at.committed_at) : std::nullopt, now)},
          {"log_end", log != nullptr ? Form::offset(log->end) : Json()},
          {"log_start", log != nullptr ? Form::offset(log->start) : Json()},
          {"lso", log != nullptr ? Form::offset(log->lso) : Json()},
          {"leader", log != nullptr && log->leader >= 0 ? Json(log->leader) : Json()},
          {"lag", Form::value(at.lag)},
          {"time_lag_seconds", Form::seconds(at.time_lag(now))},
          {"unread_since_ms", Form::instant(at.unread_since)},
          {"lost", committed(at.lost)},
          {"complete", at.complete()},
          {"owner", owner_json(find_owner(group, at))}};
}

Json member_json(const MemberReport& member) {
  Json assigned = Json::object();
  for (const auto& [topic, partitions] : member.assigned) assigned[topic] = partitions;
  return {{"member_id", member.member_id},
          {"instance_id", Form::text(member.instance_id)},
          {"client_id", member.client_id},
          {"client_host", member.client_host},
          {"subscribed", member.subscription_known ? Json(member.subscribed) : Json()},
          {"subscribed_regex", Form::text(member.subscribed_regex)},
          {"assigned", member.assignment_known ? assigned : Json()},
          {"away", member.away}};
}

Json window_json(const PartitionWindow& window) {
  Json samples = Json::array();
  for (const WindowSample& sample : window.samples) {
    samples.push_back({{"offset", sample.offset.get()},
                       {"committed_at_ms", to_ms(sample.at)},
                       {"lag", Form::value(sample.lag)}});
  }
  return samples;
}

void add_window(Json& json, const PartitionWindow* window) {
  json["patience_seconds"] = window != nullptr ? Json(to_seconds(window->patience)) : Json();
  json["window"] = window != nullptr ? window_json(*window) : Json();
}

}  // namespace

std::string group_row_json(const ClusterReport& cluster, const GroupReport& group) {
  return Form::dump(summary(cluster, group));
}

std::string group_detail_json(const ClusterReport& cluster, const GroupReport& group,
                              const AskedWindows& asked) {
  Json out = summary(cluster, group);
  if (asked.asked) out["window_problem"] = Form::text(asked.problem);
  out["members"] = Json::array();
  for (const MemberReport& member : group.members) out["members"].push_back(member_json(member));
  out["partitions"] = Json::array();
  for (const TopicOfGroup& topic : group.topics) {
    for (const PartitionReport& partition : topic.partitions) {
      Json json = partition_json(cluster, group, topic, partition);
      if (asked.asked)
        add_window(json, find_window(asked.windows, topic.topic, partition.partition));
      out["partitions"].push_back(std::move(json));
    }
  }
  return Form::dump(out);
}

}  // namespace tidemark
