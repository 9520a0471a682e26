#include "daemon/terminal/answers.h"

#include <nlohmann/json.hpp>

namespace tidemark::terminal {
namespace {

using Json = nlohmann::json;

// A field may be null, or missing in an answer of another version.
template <class T>
std::optional<T> maybe(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return std::nullopt;
  return found->get<T>();
}

std::string text(const Json& json, const char* key) {
  return maybe<std::string>(json, key).value_or("");
}

std::int64_t count(const Json& json, const char* key) {
  return maybe<std::int64_t>(json, key).value_or(0);
}

GroupAnswer group_of(const Json& json) {
  GroupAnswer out;
  out.cluster = json.at("cluster").get<std::string>();
  out.group = json.at("group").get<std::string>();
  out.status = json.at("status").get<std::string>();
  out.reason = text(json, "reason");
  out.explanation = text(json, "explanation");
  out.stale = maybe<bool>(json, "stale").value_or(false);
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
  using Counts = std::map<std::string, std::int64_t>;
  out.groups = maybe<Counts>(json, "groups").value_or(Counts{});
  return out;
}

// The library's exceptions end here.
template <class T, class Read>
Result<T> parsed(std::string_view body, Read read) {
  try {
    return read(Json::parse(body));
  } catch (const Json::exception& error) {
    return Error{"the answer is not as Tidemark's API promises: " + std::string{error.what()}};
  }
}

}  // namespace

Result<GroupsAnswer> parse_groups(std::string_view body) {
  return parsed<GroupsAnswer>(body, [](const Json& json) {
    GroupsAnswer out;
    for (const Json& row : json.at("data")) out.groups.push_back(group_of(row));
    out.total = json.at("page").at("total").get<std::int64_t>();
    out.as_of_ms = json.at("as_of_ms").get<std::int64_t>();
    return out;
  });
}

Result<GroupDetailAnswer> parse_group_detail(std::string_view body) {
  return parsed<GroupDetailAnswer>(body, [](const Json& json) {
    const Json& data = json.at("data");
    GroupDetailAnswer out;
    out.group = group_of(data);
    for (const Json& row : data.at("members")) out.members.push_back(member_of(row));
    for (const Json& row : data.at("partitions")) out.partitions.push_back(partition_of(row));
    out.as_of_ms = json.at("as_of_ms").get<std::int64_t>();
    return out;
  });
}

Result<std::vector<ClusterAnswer>> parse_clusters(std::string_view body) {
  return parsed<std::vector<ClusterAnswer>>(body, [](const Json& json) {
    std::vector<ClusterAnswer> out;
    for (const Json& row : json.at("data")) out.push_back(cluster_of(row));
    return out;
  });
}

}  // namespace tidemark::terminal
