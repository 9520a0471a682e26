#include "api/refusals.h"

namespace tidemark {
namespace {

std::string named(std::string_view name) { return "\"" + std::string(name) + "\""; }

}  // namespace

Refusal no_cluster(std::string_view name) {
  return {404, "cluster_not_found", "no cluster " + named(name) + " is configured", "cluster"};
}

Refusal no_receiver(std::string_view name) {
  return {404, "receiver_not_found", "there is no receiver " + named(name), "receiver"};
}

Refusal no_group(std::string_view cluster, std::string_view name) {
  return {404, "group_not_found",
          "no group " + named(name) + " is known in cluster " + named(cluster), "group"};
}

Refusal no_partition(std::string_view group, std::string_view topic, std::int32_t partition) {
  return {404, "partition_not_found",
          "group " + named(group) + " has committed nothing in partition " +
              std::to_string(partition) + " of topic " + named(topic),
          "partition"};
}

Refusal no_topic(std::string_view cluster, std::string_view name) {
  return {404, "topic_not_found",
          "no topic " + named(name) + " is known in cluster " + named(cluster), "topic"};
}

Refusal no_incident(std::string_view id) {
  return {404, "incident_not_found", "no incident " + named(id) + " is known", "id"};
}

}  // namespace tidemark
