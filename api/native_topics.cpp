// /api/v1/clusters/{c}/topics: what is written, and who reads it.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <unordered_map>

#include "api/each_group.h"
#include "api/json_forms.h"
#include "api/lookup.h"
#include "api/native.h"
#include "api/query.h"
#include "api/refusals.h"
#include "api/router.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;
using Form = JsonForms<Json>;

using Readers = std::unordered_map<std::string_view, int>;

// How many groups read each topic of a page, in one pass over the groups.
Readers count_readers(const ClusterReport& report, const std::vector<const TopicReport*>& page) {
  Readers readers;
  for (const TopicReport* topic : page) readers[topic->topic.get()] = 0;
  each_group(report, [&](const GroupReport& group) {
    for (const TopicOfGroup& topic : group.topics) {
      const auto at = readers.find(topic.topic.get());
      if (at != readers.end()) ++at->second;
    }
  });
  return readers;
}

std::vector<const TopicReport*> matching(const ClusterReport& report, const std::string& q,
                                         std::optional<bool> unread) {
  std::vector<const TopicReport*> out;
  for (const auto& topic : report.topics) {
    if (unread && *unread != topic->unread_since.has_value()) continue;
    if (topic->topic.get().find(q) != std::string::npos) out.push_back(topic.get());
  }
  return out;
}

Json settings_json(const std::optional<TopicSettings>& settings) {
  if (!settings) return {};
  return {{"retention_seconds", Form::seconds(settings->retention)},
          {"retention_bytes", Form::value(settings->retention_bytes)},
          {"deletes", settings->deletes},
          {"compacts", settings->compacts},
          {"log_append_time", settings->log_append_time}};
}

// In lists, and of one topic.
Json summary(const ClusterReport& report, const TopicReport& topic) {
  return {{"cluster", report.cluster.get()},
          {"topic", topic.topic.get()},
          {"partition_count", topic.partitions.size()},
          {"readers", topic.readers},
          {"produced_per_second", Form::value(topic.produced_per_second)},
          {"unread_since_ms", Form::instant(topic.unread_since)},
          {"unread_reported", topic.unread_reported},
          {"settings", settings_json(topic.settings)}};
}

Json partition_json(const TopicPartitionReport& at) {
  return {{"partition", at.partition.get()},
          {"leader", at.leader >= 0 ? Json(at.leader) : Json()},
          {"log_end", Form::offset(at.end)},
          {"log_start", Form::offset(at.start)},
          {"lso", Form::offset(at.lso)},
          {"lso_since_ms", Form::instant(at.lso_since)},
          {"unread_since_ms", Form::instant(at.unread_since)}};
}

// The oldest wait among the partitions; null when some partition waits for an unknown time.
std::optional<Duration> time_lag_of(const TopicOfGroup& topic, Instant now) {
  Duration longest{0};
  for (const PartitionReport& at : topic.partitions) {
    if (!at.committed) continue;
    const auto lag = at.time_lag(now);
    if (!lag) return std::nullopt;
    longest = std::max(longest, *lag);
  }
  return longest;
}

std::optional<std::int64_t> lag_of(const TopicOfGroup& topic) {
  std::optional<std::int64_t> sum;
  for (const PartitionReport& at : topic.partitions) {
    if (at.committed && at.lag) sum = sum.value_or(0) + *at.lag;
  }
  return sum;
}

Json reader_json(const GroupReport& group, const TopicOfGroup& topic, Instant now) {
  std::map<std::string, int> statuses;
  int committed = 0;
  for (const PartitionReport& at : topic.partitions) {
    ++statuses[std::string(to_string(at.status))];
    if (at.committed) ++committed;
  }
  const auto lag = lag_of(topic);
  const auto time_lag = committed > 0 ? time_lag_of(topic, now) : std::nullopt;
  return {{"group", group.name.get()},
          {"status", to_string(group.status)},
          {"reason", to_string(group.reason)},
          {"lag", lag ? Json(*lag) : Json()},
          {"time_lag_seconds", time_lag ? Json(to_seconds(*time_lag)) : Json()},
          {"committed_partitions", committed},
          {"partition_statuses", statuses}};
}

Json topic_json(const ClusterReport& report, const TopicReport& topic) {
  Json partitions = Json::array();
  for (const TopicPartitionReport& at : topic.partitions) partitions.push_back(partition_json(at));
  Json groups = Json::array();
  each_group(report, [&](const GroupReport& group) {
    const TopicOfGroup* read = find_topic_of(group, topic.topic.get());
    if (read != nullptr) groups.push_back(reader_json(group, *read, report.as_of_broker));
  });
  Json out = summary(report, topic);
  out["partitions"] = std::move(partitions);
  out["groups"] = std::move(groups);
  return out;
}

}  // namespace

HttpReply get_topics(const Call& call) {
  QueryReader reader(call.target, {"q", "unread", "limit", "cursor"});
  std::optional<bool> unread;
  if (reader.text("unread")) unread = reader.flag("unread", false);
  const int limit = reader.number("limit", 1, 1000, 100);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  const auto report = find_cluster(call.site.view, call.names.at(0));
  if (!report) return refusal_reply(no_cluster(call.names.at(0)));
  auto topics = matching(*report, reader.text("q").value_or(""), unread);
  Page page{limit, std::nullopt, topics.size()};
  // Names of topics are plain words: the last one of a page is its cursor.
  if (const auto after = reader.text("cursor")) {
    std::erase_if(topics, [&](const TopicReport* topic) { return topic->topic.get() <= *after; });
  }
  if (topics.size() > static_cast<std::size_t>(limit)) {
    topics.resize(static_cast<std::size_t>(limit));
    page.next_cursor = topics.back()->topic.get();
  }
  const auto readers = count_readers(*report, topics);
  Json rows = Json::array();
  for (const TopicReport* topic : topics) {
    Json row = summary(*report, *topic);
    row["group_count"] = readers.at(topic->topic.get());
    rows.push_back(std::move(row));
  }
  return data_reply(Form::dump(rows), page, report->shown(report->as_of));
}

HttpReply get_topic(const Call& call) {
  const QueryReader reader(call.target, {});
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  const auto report = find_cluster(call.site.view, call.names.at(0));
  if (!report) return refusal_reply(no_cluster(call.names.at(0)));
  const TopicReport* topic = report->find_topic(call.names.at(1));
  if (topic == nullptr) return refusal_reply(no_topic(call.names.at(0), call.names.at(1)));
  return data_reply(Form::dump(topic_json(*report, *topic)), std::nullopt,
                    report->shown(report->as_of));
}

}  // namespace tidemark
