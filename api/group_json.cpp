#include "api/group_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/diagnosis_json.h"
#include "api/json_forms.h"
#include "api/lookup.h"
#include "api/words.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;
using Form = JsonForms<Json>;
using Diagnosed = DiagnosisForms<Json>;

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
          {"lag", Form::value(at.lag)},
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

std::string_view word(Since::Source source) {
  switch (source) {
    case Since::Source::history:
      return "log_ends";
    case Since::Source::probe:
      return "probe";
    case Since::Source::at_latest:
      return "first_seen";
    case Since::Source::none:
      break;
  }
  return "unknown";
}

std::string_view word(ProbeState state) {
  switch (state) {
    case ProbeState::asked:
      return "asked";
    case ProbeState::record:
      return "record";
    case ProbeState::end:
      return "end";
    case ProbeState::failed:
      return "failed";
    case ProbeState::none:
      break;
  }
  return "none";
}

Json since_json(const Since& since) {
  return since.source == Since::Source::none ? Json() : Json(to_ms(since.at));
}

// First match wins, and the verdict's reason is its name.
Json rules_json(const Trace& trace, Reason reason) {
  const auto decided = std::find_if(trace.begin(), trace.end(), [&](const TracedRule& rule) {
    return rule.held && rule.name == to_string(reason);
  });
  Json out = Json::array();
  for (auto rule = trace.begin(); rule != trace.end(); ++rule) {
    out.push_back({{"number", rule->number},
                   {"rule", rule->name},
                   {"held", rule->held},
                   {"decided", rule == decided},
                   {"numbers", rule->numbers}});
  }
  return out;
}

Json tried_json(const Explanation& in, const Explanation::Tried& tried) {
  const PartitionReport& at = *tried.of.partition;
  Json out = partition_json(*in.cluster, *in.group, *tried.of.topic, at);
  out["samples"] = at.samples;
  out["intervals"] = at.intervals;
  add_window(out, tried.window);
  const PartitionWindow none;
  const PartitionWindow& seen = tried.window != nullptr ? *tried.window : none;
  out["position"] = Form::offset(seen.position);
  out["probe"] = word(seen.probe);
  out["probed_to"] = Form::offset(seen.probed_to);
  out["standing_since_ms"] = Form::instant(seen.standing_since);
  out["unread_since_source"] = word(seen.unread_since.source);
  out["waiting_since_ms"] = since_json(seen.waiting_since);
  out["waiting_since_source"] = word(seen.waiting_since.source);
  out["rules"] = rules_json(seen.trace, at.reason);
  return out;
}

// What all its partitions are, for the roll-up: {status: {reason: ["orders-0", …]}}.
Json partitions_by_verdict(const GroupReport& group) {
  Json out = Json::object();
  for (const TopicOfGroup& topic : group.topics) {
    for (const PartitionReport& at : topic.partitions) {
      Json& row = out[std::string(to_string(at.status))][std::string(to_string(at.reason))];
      Json& of_topic = row[topic.topic.get()];
      of_topic.push_back(at.partition.get());
    }
  }
  return out;
}

}  // namespace

std::string explanation_json(const Explanation& in) {
  Json out = summary(*in.cluster, *in.group);
  const Decider decider = deciding_partition(*in.group);
  out["decided_by"] = decider.partition == nullptr
                          ? Json()
                          : Json({{"topic", decider.topic->topic.get()},
                                  {"partition", decider.partition->partition.get()}});
  out["partitions_by_verdict"] = partitions_by_verdict(*in.group);
  out["rules_problem"] = Form::text(in.problem);
  out["partitions"] = Json::array();
  for (const auto& tried : in.tried) out["partitions"].push_back(tried_json(in, tried));
  return Form::dump(out);
}

std::string group_row_json(const ClusterReport& cluster, const GroupReport& group) {
  return Form::dump(summary(cluster, group));
}

std::string group_detail_json(const ClusterReport& cluster, const GroupReport& group,
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

}  // namespace tidemark
