// Burrow's lists, its topic offsets and its cluster module.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/burrow.h"
#include "api/burrow_lookup.h"
#include "api/burrow_replies.h"
#include "api/each_group.h"
#include "api/json_forms.h"
#include "api/json_writer.h"
#include "api/lookup.h"
#include "api/replies.h"
#include "api/router.h"
#include "api/server.h"
#include "api/words.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;
using Form = JsonForms<Json>;

// Kafka's own word for "no offset"; Burrow would skip the partition and shift those behind it.
constexpr std::int64_t kUnknownOffset = -1;

constexpr std::size_t bytes_of_a_name = 40;

HttpReply found(const Call& call, std::string_view message, std::string_view name,
                std::string_view payload) {
  return burrow_reply(call.site, call.target, 200, false, message,
                      JsonWriter(payload.size() + 32).key(name).raw(payload).take());
}

HttpReply not_found(const Call& call, std::string_view message) {
  return burrow_reply(call.site, call.target, 404, true, message, "");
}

std::shared_ptr<const ClusterReport> cluster_of(const Call& call) {
  return burrow_find_cluster(call.site.view, call.names.at(0));
}

HttpReply plain(int status, std::string text) {
  HttpReply reply;
  reply.status = status;
  reply.content_type = "text/plain; charset=utf-8";
  reply.body = std::move(text);
  return reply;
}

Json servers_of(const std::string& bootstrap) {
  Json servers = Json::array();
  std::size_t begin = 0;
  while (begin <= bootstrap.size()) {
    const std::size_t end = std::min(bootstrap.find(',', begin), bootstrap.size());
    if (end > begin) servers.push_back(bootstrap.substr(begin, end - begin));
    begin = end + 1;
  }
  return servers;
}

Json module_of(const ClusterReport& report, const ClusterModule& module) {
  const Json tls = {{"name", ""},
                    {"noverify", !module.tls_verify},
                    {"certfile", ""},
                    {"keyfile", ""},
                    {"cafile", ""}};
  const Json sasl = {{"name", ""}, {"handshake-first", true}, {"username", module.sasl_username}};
  const Json profile = {{"name", ""},
                        {"client-id", module.client_id},
                        {"kafka-version", ""},
                        {"tls", module.tls ? tls : Json()},
                        {"sasl", module.sasl ? sasl : Json()}};
  return {{"class-name", "kafka"},
          {"servers", servers_of(report.bootstrap)},
          {"client-profile", profile},
          {"topic-refresh", module.topic_refresh_seconds},
          {"offset-refresh", module.offset_refresh_seconds}};
}

}  // namespace

HttpReply burrow_admin(const Call&) { return plain(200, "GOOD"); }

HttpReply burrow_ready(const Call& call) {
  const Reports reports = call.site.view.reports();
  const bool ready = std::all_of(reports.begin(), reports.end(),
                                 [](const auto& report) { return is_settled(*report); });
  return ready ? plain(200, "READY") : plain(503, "STARTING");
}

HttpReply burrow_clusters(const Call& call) {
  std::vector<std::string> names;
  for (const auto& report : call.site.view.reports()) names.push_back(report->cluster.get());
  std::sort(names.begin(), names.end());
  return found(call, "cluster list returned", "clusters", JsonWriter().array(names).text());
}

HttpReply burrow_cluster(const Call& call) {
  const auto report = cluster_of(call);
  if (!report) return not_found(call, "cluster module not found");
  const auto& modules = call.site.settings.modules;
  const auto at = modules.find(report->cluster.get());
  const ClusterModule module = at != modules.end() ? at->second : ClusterModule{};
  return found(call, "cluster module detail returned", "module",
               Form::dump(module_of(*report, module)));
}

HttpReply burrow_topics(const Call& call) {
  const auto report = cluster_of(call);
  if (!report) return not_found(call, "cluster not found");
  JsonWriter names(report->topics.size() * bytes_of_a_name);
  names.begin_array();
  for (const auto& topic : report->topics) names.value(topic->topic.get());
  return found(call, "topic list returned", "topics", names.end_array().text());
}

HttpReply burrow_topic(const Call& call) {
  const auto report = cluster_of(call);
  const TopicReport* topic = report ? burrow_find_topic(*report, call.names.at(1)) : nullptr;
  if (topic == nullptr) return not_found(call, "cluster or topic not found");
  JsonWriter offsets;
  offsets.begin_array();
  for (const TopicPartitionReport& at : topic->partitions) {
    offsets.value(at.end ? at.end->get() : kUnknownOffset);
  }
  return found(call, "topic offsets returned", "offsets", offsets.end_array().text());
}

HttpReply burrow_topic_consumers(const Call& call) {
  const auto report = cluster_of(call);
  if (!report) return not_found(call, "cluster not found");
  const TopicReport* topic = burrow_find_topic(*report, call.names.at(1));
  const std::string& name = topic != nullptr ? topic->topic.get() : call.names.at(1);
  JsonWriter names;
  names.begin_array();
  each_group(*report, [&](const GroupReport& group) {
    if (find_topic_of(group, name) != nullptr) names.value(group.name.get());
  });
  return found(call, "consumers of topic returned", "consumers", names.end_array().text());
}

HttpReply burrow_consumers(const Call& call) {
  const auto report = cluster_of(call);
  if (!report) return not_found(call, "cluster not found");
  JsonWriter names(report->groups.size() * bytes_of_a_name);
  names.begin_array();
  for (const auto& group : report->groups) names.value(group->name.get());
  return found(call, "consumer list returned", "consumers", names.end_array().text());
}

}  // namespace tidemark
