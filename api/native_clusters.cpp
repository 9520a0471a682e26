// /api/v1/clusters: what is monitored, and how well it can be seen.
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "api/json_forms.h"
#include "api/lookup.h"
#include "api/native.h"
#include "api/query.h"
#include "api/refusals.h"
#include "api/router.h"
#include "api/words.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;
using Form = JsonForms<Json>;

Json group_counts(const ClusterReport& report) {
  Json counts = {{"total", report.groups.size()}};
  const auto& statuses = report.group_columns().status;
  for (const auto status :
       {GroupStatus::ok, GroupStatus::warning, GroupStatus::error, GroupStatus::unknown}) {
    counts[std::string(to_string(status))] = std::count(statuses.begin(), statuses.end(), status);
  }
  return counts;
}

Json held_json(const ClusterHealth& health) {
  Json out = Json::array();
  for (const auto& [partition, since] : health.held_offsets_partitions) {
    out.push_back({{"partition", partition}, {"since_ms", to_ms(since)}});
  }
  return out;
}

Json cluster_json(const ClusterReport& report) {
  const ClusterHealth& health = report.health;
  return {{"cluster", report.cluster.get()},
          {"cluster_id", Form::text(report.cluster_id)},
          {"bootstrap", report.bootstrap},
          {"state", word(health.link.state)},
          {"problem", Form::text(health.link.problem)},
          {"resource", Form::text(health.link.resource)},
          {"right", Form::text(health.link.right)},
          {"caught_up", health.caught_up},
          {"catch_up", Form::catch_up(health)},
          {"brokers", report.brokers > 0 ? Json(report.brokers) : Json()},
          {"groups", group_counts(report)},
          {"topic_count", report.topics.size()},
          {"log_ends_at_ms", Form::instant(report.shown(health.log_ends_at))},
          {"offsets_at_ms", Form::instant(report.shown(health.offsets_at))},
          {"stale_offsets_partitions", health.stale_offsets_partitions},
          {"held_offsets_partitions", held_json(health)},
          {"restored_from_ms", Form::instant(report.health.snapshot.restored_from)},
          {"as_of_ms", to_ms(report.shown(report.as_of))}};
}

Json queue_json(const ChannelStats& queue) {
  return {{"name", queue.name},
          {"depth", queue.depth},
          {"weight", queue.weight},
          {"capacity", queue.capacity},
          {"pushed", queue.pushed},
          {"dropped", queue.dropped},
          {"waited", queue.waited},
          {"bytes", queue.bytes},
          {"capacity_bytes", queue.capacity_bytes},
          {"waited_seconds", std::chrono::duration<double>(queue.waited_for).count()}};
}

Json snapshot_json(const ClusterReport& report) {
  const SnapshotHealth& snapshot = report.health.snapshot;
  if (!snapshot.kept) return nullptr;
  return {{"written_ms", Form::instant(report.shown(snapshot.written_at))},
          {"bytes", snapshot.bytes},
          {"took_seconds", to_seconds(snapshot.took)},
          {"failures", snapshot.failures},
          {"problem", snapshot.problem}};
}

Json health_json(const ClusterHealth& health) {
  Json queues = Json::array();
  for (const ChannelStats& queue : health.queues) queues.push_back(queue_json(queue));
  return {{"records_read", health.records_read},
          {"decode_errors", health.decode_errors},
          {"skipped_records", health.skipped_records},
          {"collector_errors", health.collector_errors},
          {"stale_log_ends", health.stale_log_ends},
          {"probes_sent", health.probes_sent},
          {"probes_failed", health.probes_failed},
          {"probes_waiting", health.probes_waiting},
          {"probes_skipped", health.probes_skipped},
          {"queues", queues},
          {"ticks", health.ticks},
          {"last_tick_seconds", to_seconds(health.last_tick)},
          {"clock_shift_seconds", to_seconds(health.clock_shift)}};
}

}  // namespace

HttpReply get_clusters(const Call& call) {
  const QueryReader reader(call.target, {});
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  const Reports reports = call.site.view.reports();
  std::vector<std::string> rows;
  for (const auto& report : reports) rows.push_back(Form::dump(cluster_json(*report)));
  return data_reply(array_of(rows), std::nullopt, as_of(reports));
}

HttpReply get_cluster(const Call& call) {
  const QueryReader reader(call.target, {});
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  const auto report = find_cluster(call.site.view, call.names.at(0));
  if (!report) return refusal_reply(no_cluster(call.names.at(0)));
  Json out = cluster_json(*report);
  out["health"] = health_json(report->health);
  out["health"]["snapshot"] = snapshot_json(*report);
  return data_reply(Form::dump(out), std::nullopt, report->shown(report->as_of));
}

}  // namespace tidemark
