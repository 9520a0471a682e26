#include "tests/api/plain_group_json.h"

#include <nlohmann/json.hpp>
#include <type_traits>
#include <variant>

#include "api/json_forms.h"
#include "api/lookup.h"
#include "api/words.h"

namespace tidemark::test {
namespace {

using Json = nlohmann::ordered_json;
using Form = JsonForms<Json>;

struct Diagnosed {
  // Names only, for rows.
  static Json names(const Diagnosis* diagnosis) {
    Json out = Json::array();
    if (diagnosis == nullptr) return out;
    for (const Finding& each : diagnosis->findings) out.push_back(to_string(each.kind));
    return out;
  }

  static Json findings(const Diagnosis* diagnosis) {
    Json out = Json::array();
    if (diagnosis == nullptr) return out;
    for (const Finding& each : diagnosis->findings) out.push_back(finding(each));
    return out;
  }

  // Null: nothing is forecast.
  static Json forecast(const Diagnosis* diagnosis) {
    if (diagnosis == nullptr) return {};
    const Forecast& from = diagnosis->forecast;
    return {{"produced_per_second", speed(from.produced)},
            {"consumed_per_second", speed(from.consumed)},
            {"catch_up", outlook(from.catch_up)},
            {"until_loss", outlook(from.until_loss)},
            {"faster_to_hold", Form::value(from.faster_to_hold)},
            {"sentence", Form::text(from.sentence)}};
  }

 private:
  static Json finding(const Finding& from) {
    Json numbers = Json::object();
    for (const auto& [name, number] : from.numbers) add(numbers, name, number);
    return {{"finding", to_string(from.kind)},
            {"sentence", from.sentence},
            {"next_step", Form::text(from.next_step)},
            {"numbers", numbers}};
  }

  // An instant says so in its name.
  static void add(Json& to, std::string name, const FindingNumber& number) {
    if (const auto* at = std::get_if<Instant>(&number)) {
      if (!std::string_view(name).ends_with("_ms")) name += "_ms";
      to[name] = to_ms(*at);
      return;
    }
    std::visit(
        [&](const auto& value) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(value)>, Instant>) to[name] = value;
        },
        number);
  }

  static Json speed(const std::optional<Speed>& from) {
    if (!from) return {};
    return {{"low", from->low}, {"likely", from->likely}, {"high", from->high}};
  }

  // A null in it: never at that speed.
  static Json outlook(const std::optional<Outlook>& from) {
    if (!from) return {};
    return {{"likely_seconds", Form::seconds(from->likely)},
            {"soonest_seconds", Form::seconds(from->soonest)},
            {"latest_seconds", Form::seconds(from->latest)}};
  }
};

Json summary(const ClusterReport& cluster, const GroupReport& group) {
  const Instant now = cluster.as_of_broker;
  return {{"cluster", cluster.cluster.get()},
          {"group", group.name.get()},
          {"status", to_string(group.status)},
          {"reason", to_string(group.reason)},
          {"explanation", group.explanation},
          {"trend", Form::value(trend_of(group.reason))},
          {"stale", group.stale},
          {"learning", group.learning},
          {"conditions", group.conditions.words()},
          {"findings", Diagnosed::names(group.diagnosis.get())},
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
          {"learning", at.learning},
          {"unprobed", at.unprobed},
          {"conditions", at.conditions.words()},
          {"committed_offset", committed(at.committed_offset.get())},
          {"committed_at_ms", committed(to_ms(at.committed_at))},
          {"commit_age_seconds",
           Form::age(at.committed ? std::optional(at.committed_at) : std::nullopt, now)},
          {"log_end", log != nullptr ? Form::offset(log->end) : Json()},
          {"log_start", log != nullptr ? Form::offset(log->start) : Json()},
          {"lso", log != nullptr ? Form::offset(log->lso) : Json()},
          {"lso_since_ms", log != nullptr ? Form::instant(log->lso_since) : Json()},
          {"leader", log != nullptr && log->leader >= 0 ? Json(log->leader) : Json()},
          {"lag", Form::value(std::optional<std::int64_t>(at.lag))},
          {"time_lag_seconds", Form::seconds(at.time_lag(now))},
          {"unread_since_ms", Form::instant(at.unread_since)},
          {"lost", committed(at.lost)},
          {"complete", at.complete()},
          {"owner", owner_json(find_owner(group, at))}};
}

// Of topics whose name is not known (yet).
Json unnamed_json(const MemberReport& member) {
  Json out = Json::array();
  for (const AssignedById& each : member.assigned_unnamed) {
    out.push_back({{"topic_id", to_string(each.topic)}, {"partitions", each.partitions}});
  }
  return out;
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
          {"assigned_unnamed", unnamed_json(member)},
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

std::string plain_group_row_json(const ClusterReport& cluster, const GroupReport& group) {
  return Form::dump(summary(cluster, group));
}

std::string plain_group_detail_json(const ClusterReport& cluster, const GroupReport& group,
                                    const AskedWindows& asked) {
  Json out = summary(cluster, group);
  out["findings"] = Diagnosed::findings(group.diagnosis.get());
  out["forecast"] = Diagnosed::forecast(group.diagnosis.get());
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

}  // namespace tidemark::test
