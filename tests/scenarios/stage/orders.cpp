#include "tests/scenarios/stage/orders.h"

#include <cstdint>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark::scenario {
namespace {

using Json = nlohmann::json;
using Act = Json (*)(OneCluster&, const Json&);

int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

std::string from_hex(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    out.push_back(static_cast<char>(digit(text[i]) * 16 + digit(text[i + 1])));
  }
  return out;
}

Instant instant(const Json& order, const char* name) {
  return from_ms(order.at(name).get<std::int64_t>());
}

std::optional<Offset> offset(const Json& value) {
  if (value.is_null()) return std::nullopt;
  return Offset{value.get<std::int64_t>()};
}

std::vector<OffsetsPosition> positions(const Json& pairs) {
  std::vector<OffsetsPosition> out;
  for (const Json& pair : pairs) {
    out.push_back({pair.at(0).get<std::int32_t>(), Offset{pair.at(1).get<std::int64_t>()}});
  }
  return out;
}

// [[offset, key, value or null], …] of one partition.
Json take_records(OneCluster& cluster, const Json& order) {
  const auto partition = order.at("partition").get<std::int32_t>();
  std::deque<std::string> bytes;  // stay where they are
  std::vector<FetchedRecord> records;
  for (const Json& from : order.at("records")) {
    FetchedRecord record;
    record.partition = partition;
    record.offset = from.at(0).get<std::int64_t>();
    record.key = bytes.emplace_back(from_hex(from.at(1).get_ref<const std::string&>()));
    record.value_null = from.at(2).is_null();
    if (!record.value_null) {
      record.value = bytes.emplace_back(from_hex(from.at(2).get_ref<const std::string&>()));
    }
    records.push_back(record);
  }
  const Offset next{order.at("next").get<std::int64_t>()};
  cluster.take_records(records, {partition, next}, instant(order, "at"));
  return nullptr;
}

// "topics": {name: [[end, start, lso, leader], …]}
Json take_log_ends(OneCluster& cluster, const Json& order) {
  LogEndsSeen seen;
  seen.taken_at = instant(order, "at");
  for (const auto& [name, partitions] : order.at("topics").items()) {
    TopicOffsets topic{TopicName{name}, {}};
    for (const Json& from : partitions) {
      PartitionOffsets partition;
      partition.partition = PartitionId{static_cast<std::int32_t>(topic.partitions.size())};
      partition.end = offset(from.at(0));
      partition.start = offset(from.at(1));
      partition.lso = offset(from.at(2));
      partition.leader = from.at(3).get<std::int32_t>();
      topic.partitions.push_back(partition);
    }
    seen.topics.push_back(std::move(topic));
  }
  for (const Json& from : order.at("offsets_topic")) {
    seen.offsets_topic.push_back({from.at(0), *offset(from.at(1)), *offset(from.at(2))});
  }
  if (const Offset end = *offset(order.at("share_state_end")); end > Offset{0}) {
    seen.share_state_topic.push_back({0, end, end});
  }
  cluster.take(std::move(seen));
  return nullptr;
}

// [[key, value or null, written at], …] of the one partition of `__share_group_state`.
Json take_share_state(OneCluster& cluster, const Json& order) {
  std::vector<RawShareRecord> records;
  for (const Json& from : order.at("records")) {
    RawShareRecord record;
    record.key = from_hex(from.at(0).get_ref<const std::string&>());
    if (!from.at(1).is_null()) record.value = from_hex(from.at(1).get_ref<const std::string&>());
    record.written_at = from_ms(from.at(2).get<std::int64_t>());
    records.push_back(std::move(record));
  }
  cluster.take_share_records(records, Offset{order.at("next").get<std::int64_t>()});
  return nullptr;
}

Json take_topics(OneCluster& cluster, const Json& order) {
  TopicsSeen seen;
  seen.cluster_id = "stage";
  seen.brokers = 3;
  seen.offsets_topic_partitions = order.at("offsets_partitions").get<std::int32_t>();
  seen.share_state_partitions = order.at("share_state_partitions").get<std::int32_t>();
  for (const auto& [name, partitions] : order.at("topics").items()) {
    seen.topics.push_back({TopicName{name}, partitions.get<std::int32_t>()});
  }
  cluster.take(std::move(seen));
  return nullptr;
}

TopicSettings settings_of(const Json& from) {
  TopicSettings out;
  if (from.contains("retention_ms")) out.retention = Duration{from["retention_ms"].get<int64_t>()};
  if (from.contains("retention_bytes"))
    out.retention_bytes = from["retention_bytes"].get<int64_t>();
  out.log_append_time = from.value("log_append_time", false);
  out.deletes = from.value("deletes", true);
  out.compacts = from.value("compacts", false);
  return out;
}

Json take_settings(OneCluster& cluster, const Json& order) {
  TopicSettingsSeen seen;
  for (const auto& [name, from] : order.at("topics").items()) {
    seen.topics.emplace_back(TopicName{name}, settings_of(from));
  }
  cluster.take(std::move(seen));
  return nullptr;
}

Json take_link(OneCluster& cluster, const Json& order) {
  static const std::map<std::string, LinkState, std::less<>> states = {
      {"connecting", LinkState::connecting},
      {"connected", LinkState::connected},
      {"unreachable", LinkState::unreachable},
      {"not_authorized", LinkState::not_authorized},
      {"waiting_for_topic", LinkState::waiting_for_topic}};
  LinkSeen seen;
  seen.state = states.at(order.at("state").get<std::string>());
  seen.problem = order.value("problem", "");
  cluster.take(std::move(seen));
  return nullptr;
}

Json take_goal(OneCluster& cluster, const Json& order) {
  cluster.take(CatchUpGoal{positions(order.at("begin")), positions(order.at("until"))});
  return nullptr;
}

Json take_probe(OneCluster& cluster, const Json& order) {
  static const std::map<std::string, ProbeSeen::Outcome, std::less<>> outcomes = {
      {"record", ProbeSeen::Outcome::record},
      {"end", ProbeSeen::Outcome::end},
      {"failed", ProbeSeen::Outcome::failed},
      {"not_authorized", ProbeSeen::Outcome::not_authorized}};
  ProbeSeen seen;
  seen.question = {TopicName{order.at("topic").get<std::string>()},
                   PartitionId{order.at("partition").get<std::int32_t>()},
                   *offset(order.at("from"))};
  seen.outcome = outcomes.at(order.at("outcome").get<std::string>());
  seen.empty_to = *offset(order.at("empty_to"));
  if (!order.at("record_time").is_null()) seen.record_time = instant(order, "record_time");
  seen.log_append_time = order.at("log_append_time").get<bool>();
  cluster.take(std::move(seen));
  return nullptr;
}

// What the pipeline wants to be probed.
Json questions(OneCluster& cluster) {
  Json out = Json::array();
  for (const ProbeQuestion& question : cluster.take_probes()) {
    out.push_back({{"topic", question.topic.get()},
                   {"partition", question.partition.get()},
                   {"from", question.from.get()}});
  }
  return out;
}

// {group: [status, reason]} of all groups, as published.
Json tick(OneCluster& cluster, const Json& order) {
  cluster.tick(instant(order, "at"));
  Json groups = Json::object();
  for (const auto& group : cluster.report().groups) {
    groups[group->name.get()] = {to_string(group->status), to_string(group->reason)};
  }
  return {{"groups", std::move(groups)},
          {"wants_refresh", cluster.take_wants_refresh()},
          {"questions", questions(cluster)}};
}

Json get(OneCluster& cluster, const Json& order) {
  HttpReply reply = cluster.get(order.at("path").get<std::string>());
  return {{"status", reply.status}, {"body", std::move(reply.body)}};
}

Json obey_one(OneCluster& cluster, const Json& order) {
  static const std::map<std::string, Act, std::less<>> acts = {{"records", take_records},
                                                               {"log_ends", take_log_ends},
                                                               {"topics", take_topics},
                                                               {"settings", take_settings},
                                                               {"link", take_link},
                                                               {"goal", take_goal},
                                                               {"share_state", take_share_state},
                                                               {"probe", take_probe},
                                                               {"tick", tick},
                                                               {"get", get}};
  const auto found = acts.find(order.at("do").get_ref<const std::string&>());
  if (found == acts.end()) throw std::invalid_argument("no such order: " + order.dump());
  return found->second(cluster, order);
}

}  // namespace

std::string obey(OneCluster& cluster, const std::string& line) {
  Json answers = Json::array();
  for (const Json& order : Json::parse(line)) answers.push_back(obey_one(cluster, order));
  return answers.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tidemark::scenario
