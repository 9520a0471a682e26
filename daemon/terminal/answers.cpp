#include "daemon/terminal/answers.h"

#include <nlohmann/json.hpp>

#include "daemon/terminal/fields.h"

namespace tidemark::terminal {
namespace {

using Json = nlohmann::json;

GroupAnswer group_of(const Json& json) {
  GroupAnswer out;
  out.cluster = json.at("cluster").get<std::string>();
  out.group = json.at("group").get<std::string>();
  out.status = json.at("status").get<std::string>();
  out.reason = text(json, "reason");
  out.explanation = text(json, "explanation");
  out.stale = maybe<bool>(json, "stale").value_or(false);
  out.learning = maybe<bool>(json, "learning").value_or(false);
  out.conditions = maybe<std::vector<std::string>>(json, "conditions").value_or(out.conditions);
  out.lag = maybe<std::int64_t>(json, "lag");
  out.time_lag = maybe<double>(json, "time_lag_seconds");
  out.lost = count(json, "lost");
  out.complete = maybe<double>(json, "complete").value_or(0);
  out.status_since_ms = count(json, "status_since_ms");
  out.last_commit_age = maybe<double>(json, "last_commit_age_seconds");
  out.partition_count = count(json, "partition_count");
  out.member_count = count(json, "member_count");
  out.kind = text(json, "kind");
  out.state = text(json, "state");
  out.generation = maybe<std::int64_t>(json, "generation");
  out.rules = text(json, "rules");
  out.protocol_type = text(json, "protocol_type");
  return out;
}

// Java prints an address without a name as "/10.1.4.7".
std::string host_of(const Json& json) {
  std::string out = text(json, "client_host");
  if (!out.empty() && out.front() == '/') out.erase(0, 1);
  return out;
}

MemberAnswer member_of(const Json& json) {
  MemberAnswer out;
  out.member_id = text(json, "member_id");
  out.instance_id = text(json, "instance_id");
  out.client_id = text(json, "client_id");
  out.client_host = host_of(json);
  out.assigned = maybe<std::map<std::string, std::vector<std::int64_t>>>(json, "assigned");
  if (const auto unnamed = maybe<Json>(json, "assigned_unnamed"); unnamed && out.assigned) {
    for (const Json& row : *unnamed) {
      (*out.assigned)["topic id " + text(row, "topic_id")] =
          row.at("partitions").get<std::vector<std::int64_t>>();
    }
  }
  out.away = maybe<bool>(json, "away").value_or(false);
  return out;
}

std::string owner_of(const Json& json) {
  const auto owner = maybe<Json>(json, "owner");
  return owner ? text(*owner, "client_id") + "@" + host_of(*owner) : "";
}

PartitionAnswer partition_of(const Json& json) {
  PartitionAnswer out;
  out.topic = json.at("topic").get<std::string>();
  out.partition = json.at("partition").get<std::int64_t>();
  out.status = json.at("status").get<std::string>();
  out.reason = text(json, "reason");
  out.explanation = text(json, "explanation");
  out.stale = maybe<bool>(json, "stale").value_or(false);
  out.committed_offset = maybe<std::int64_t>(json, "committed_offset");
  out.commit_age = maybe<double>(json, "commit_age_seconds");
  out.log_end = maybe<std::int64_t>(json, "log_end");
  out.log_start = maybe<std::int64_t>(json, "log_start");
  out.lso = maybe<std::int64_t>(json, "lso");
  out.lso_since_ms = maybe<std::int64_t>(json, "lso_since_ms");
  out.lost = count(json, "lost");
  out.unprobed = maybe<bool>(json, "unprobed").value_or(false);
  out.lag = maybe<std::int64_t>(json, "lag");
  out.time_lag = maybe<double>(json, "time_lag_seconds");
  out.owner = owner_of(json);
  return out;
}

ClusterAnswer cluster_of(const Json& json) {
  ClusterAnswer out;
  out.cluster = json.at("cluster").get<std::string>();
  out.state = json.at("state").get<std::string>();
  out.problem = text(json, "problem");
  out.caught_up = json.at("caught_up").get<bool>();
  if (const auto progress = maybe<Json>(json, "catch_up")) {
    out.catch_up_percent = maybe<double>(*progress, "percent");
  }
  if (const auto stale = maybe<Json>(json, "stale_offsets_partitions")) {
    out.stale_partitions = stale->size();
  }
  if (const auto held = maybe<Json>(json, "held_offsets_partitions")) {
    out.held_partitions = held->size();
  }
  using Counts = std::map<std::string, std::int64_t>;
  out.groups = maybe<Counts>(json, "groups").value_or(Counts{});
  return out;
}

FindingAnswer finding_of(const Json& json) {
  return {text(json, "finding"), text(json, "sentence"), text(json, "next_step")};
}

RuleAnswer rule_of(const Json& json) {
  return {count(json, "number"), text(json, "rule"), maybe<bool>(json, "held").value_or(false),
          maybe<bool>(json, "decided").value_or(false), text(json, "numbers")};
}

ExplainedPartition explained_of(const Json& json) {
  ExplainedPartition out;
  out.at = partition_of(json);
  out.position = maybe<std::int64_t>(json, "position");
  out.patience = maybe<double>(json, "patience_seconds");
  out.samples = count(json, "samples");
  out.intervals = count(json, "intervals");
  out.probe = text(json, "probe");
  out.probed_to = maybe<std::int64_t>(json, "probed_to");
  out.unread_source = text(json, "unread_since_source");
  out.standing_since_ms = maybe<std::int64_t>(json, "standing_since_ms");
  for (const Json& rule : json.at("rules")) out.rules.push_back(rule_of(rule));
  return out;
}

}  // namespace

Result<GroupsAnswer> parse_groups(std::string_view body) {
  return parsed<GroupsAnswer, Json>(body, [](const Json& json) {
    GroupsAnswer out;
    for (const Json& row : json.at("data")) out.groups.push_back(group_of(row));
    out.total = json.at("page").at("total").get<std::int64_t>();
    out.as_of_ms = json.at("as_of_ms").get<std::int64_t>();
    return out;
  });
}

Result<GroupDetailAnswer> parse_group_detail(std::string_view body) {
  return parsed<GroupDetailAnswer, Json>(body, [](const Json& json) {
    const Json& data = json.at("data");
    GroupDetailAnswer out;
    out.group = group_of(data);
    for (const Json& row : data.at("members")) out.members.push_back(member_of(row));
    for (const Json& row : data.at("partitions")) out.partitions.push_back(partition_of(row));
    if (const auto findings = maybe<Json>(data, "findings")) {
      for (const Json& row : *findings) out.findings.push_back(finding_of(row));
    }
    if (const auto forecast = maybe<Json>(data, "forecast")) {
      out.forecast = text(*forecast, "sentence");
    }
    out.as_of_ms = json.at("as_of_ms").get<std::int64_t>();
    return out;
  });
}

Result<ExplainAnswer> parse_explanation(std::string_view body) {
  return parsed<ExplainAnswer, Json>(body, [](const Json& json) {
    const Json& data = json.at("data");
    ExplainAnswer out;
    out.group = group_of(data);
    out.problem = text(data, "rules_problem");
    out.as_of_ms = count(json, "as_of_ms");
    if (const auto by = maybe<Json>(data, "decided_by")) {
      out.decided_by = text(*by, "topic") + "-" + std::to_string(count(*by, "partition"));
    }
    for (const auto& [status, reasons] : data.at("partitions_by_verdict").items()) {
      for (const auto& [reason, topics] : reasons.items()) {
        out.verdicts[{status, reason}] =
            topics.get<std::map<std::string, std::vector<std::int64_t>>>();
      }
    }
    for (const Json& row : data.at("partitions")) out.partitions.push_back(explained_of(row));
    return out;
  });
}

Result<std::vector<ClusterAnswer>> parse_clusters(std::string_view body) {
  return parsed<std::vector<ClusterAnswer>, Json>(body, [](const Json& json) {
    std::vector<ClusterAnswer> out;
    for (const Json& row : json.at("data")) out.push_back(cluster_of(row));
    return out;
  });
}

}  // namespace tidemark::terminal
