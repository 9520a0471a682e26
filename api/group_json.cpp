#include "api/group_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "api/lookup.h"
#include "api/words.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}
Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json seconds(const std::optional<Duration>& span) {
  return span ? Json(to_seconds(*span)) : Json();
}
Json instant(const std::optional<Instant>& at) { return at ? Json(to_ms(*at)) : Json(); }
Json offset(const std::optional<Offset>& at) { return at ? Json(at->get()) : Json(); }
Json age(const std::optional<Instant>& at, Instant now) {
  return at ? Json(to_seconds(std::max(now - *at, Duration{0}))) : Json();
}

Json summary(const ClusterReport& cluster, const GroupReport& group) {
  const Instant now = cluster.as_of_broker;
  return {{"cluster", cluster.cluster.get()},
          {"group", group.name.get()},
          {"status", to_string(group.status)},
          {"reason", to_string(group.reason)},
          {"explanation", group.explanation},
          {"trend", or_null(trend_of(group.reason))},
          {"stale", group.stale},
          {"conditions", group.conditions.words()},
          {"lag", or_null(group.lag)},
          {"time_lag_seconds", seconds(group.time_lag(now))},
          {"lost", group.lost},
          {"complete", group.complete},
          {"status_since_ms", to_ms(group.status_since)},
          {"last_commit_ms", instant(group.last_commit)},
          {"last_commit_age_seconds", age(group.last_commit, now)},
          {"partition_count", group.partition_count},
          {"member_count", group.members.size()},
          {"kind", word(group.kind)},
          {"state", text_or_null(group.state)},
          {"generation", group.generation < 0 ? Json() : Json(group.generation)},
          {"protocol_type", text_or_null(group.protocol_type)},
          {"rules", to_string(group.rules)}};
}

Json owner_of(const GroupReport& group, const PartitionReport& partition) {
  const auto index = static_cast<std::size_t>(partition.owner);
  if (partition.owner < 0 || index >= group.members.size()) return {};
  const MemberReport& member = group.members[index];
  return {{"member_id", member.member_id},
          {"client_id", member.client_id},
          {"client_host", member.client_host}};
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
          {"trend", or_null(trend_of(at.reason))},
          {"stale", at.stale},
          {"unprobed", at.unprobed},
          {"conditions", at.conditions.words()},
          {"committed_offset", committed(at.committed_offset.get())},
          {"committed_at_ms", committed(to_ms(at.committed_at))},
          {"commit_age_seconds",
           age(at.committed ? std::optional(at.committed_at) : std::nullopt, now)},
          {"log_end", log != nullptr ? offset(log->end) : Json()},
          {"log_start", log != nullptr ? offset(log->start) : Json()},
          {"lso", log != nullptr ? offset(log->lso) : Json()},
          {"leader", log != nullptr && log->leader >= 0 ? Json(log->leader) : Json()},
          {"lag", or_null(at.lag)},
          {"time_lag_seconds", seconds(at.time_lag(now))},
          {"unread_since_ms", instant(at.unread_since)},
          {"lost", committed(at.lost)},
          {"complete", at.complete()},
          {"owner", owner_of(group, at)}};
}

Json member_json(const MemberReport& member) {
  Json assigned = Json::object();
  for (const auto& [topic, partitions] : member.assigned) assigned[topic] = partitions;
  return {{"member_id", member.member_id},
          {"instance_id", text_or_null(member.instance_id)},
          {"client_id", member.client_id},
          {"client_host", member.client_host},
          {"subscribed", member.subscribed},
          {"subscribed_regex", text_or_null(member.subscribed_regex)},
          {"assigned", member.assignment_known ? assigned : Json()}};
}

Json window_json(const PartitionWindow& window) {
  Json samples = Json::array();
  for (const WindowSample& sample : window.samples) {
    samples.push_back({{"offset", sample.offset.get()},
                       {"committed_at_ms", to_ms(sample.at)},
                       {"lag", or_null(sample.lag)}});
  }
  return samples;
}

// The windows come sorted by topic and partition.
const PartitionWindow* find_window(const AskedWindows& asked, const TopicName& topic,
                                   PartitionId partition) {
  const auto key = std::tie(topic, partition);
  const auto at = std::lower_bound(asked.windows.begin(), asked.windows.end(), key,
                                   [](const PartitionWindow& held, const auto& wanted) {
                                     return std::tie(held.topic, held.partition) < wanted;
                                   });
  if (at == asked.windows.end() || std::tie(at->topic, at->partition) != key) return nullptr;
  return &*at;
}

void add_window(Json& json, const PartitionWindow* window) {
  json["patience_seconds"] = window != nullptr ? Json(to_seconds(window->patience)) : Json();
  json["window"] = window != nullptr ? window_json(*window) : Json();
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string group_row_json(const ClusterReport& cluster, const GroupReport& group) {
  return dump(summary(cluster, group));
}

std::string group_detail_json(const ClusterReport& cluster, const GroupReport& group,
                              const AskedWindows& asked) {
  Json out = summary(cluster, group);
  if (asked.asked) out["window_problem"] = text_or_null(asked.problem);
  out["members"] = Json::array();
  for (const MemberReport& member : group.members) out["members"].push_back(member_json(member));
  out["partitions"] = Json::array();
  for (const TopicOfGroup& topic : group.topics) {
    for (const PartitionReport& partition : topic.partitions) {
      Json json = partition_json(cluster, group, topic, partition);
      if (asked.asked) add_window(json, find_window(asked, topic.topic, partition.partition));
      out["partitions"].push_back(std::move(json));
    }
  }
  return dump(out);
}

}  // namespace tidemark
