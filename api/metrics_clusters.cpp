// tidemark_cluster_*: how well each cluster can be seen, and the monitor's work on it.
#include <algorithm>
#include <chrono>

#include "api/metric_families.h"
#include "api/words.h"

namespace tidemark {
namespace {

Labels cluster_label(const ClusterReport& report) {
  return Labels().add("cluster", report.cluster.get());
}

std::int64_t whole(std::uint64_t count) { return static_cast<std::int64_t>(count); }

template <class T>
void put(Samples& out, const ClusterReport& report, T value) {
  out.put(cluster_label(report), value);
}

void put_age(Samples& out, const ClusterReport& report, const std::optional<Instant>& at) {
  if (at) put(out, report, to_seconds(std::max(report.as_of_broker - *at, Duration{0})));
}

void put_kinds(Samples& out, const ClusterReport& report,
               const std::map<std::string, std::uint64_t>& counts) {
  for (const auto& [kind, count] : counts) {
    out.put(cluster_label(report).add("kind", kind), whole(count));
  }
}

// One number of each queue.
template <auto Field>
void queues(Samples& out, const ClusterReport& report) {
  for (const ChannelStats& queue : report.health.queues) {
    out.put(cluster_label(report).add("queue", queue.name), whole(queue.*Field));
  }
}

void queues_waited(Samples& out, const ClusterReport& report) {
  for (const ChannelStats& queue : report.health.queues) {
    out.put(cluster_label(report).add("queue", queue.name),
            std::chrono::duration<double>(queue.waited_for).count());
  }
}

void up(Samples& out, const ClusterReport& in) {
  const bool up = in.health.link.state == LinkState::connected ||
                  in.health.link.state == LinkState::waiting_for_topic;
  put(out, in, std::int64_t{up ? 1 : 0});
}

void info(Samples& out, const ClusterReport& in) {
  const LinkSeen& link = in.health.link;
  Labels labels = cluster_label(in).add("cluster_id", in.cluster_id);
  labels.add("state", word(link.state)).add("resource", link.resource).add("right", link.right);
  out.put(labels, std::int64_t{1});
}

void ready(Samples& out, const ClusterReport& in) {
  put(out, in, std::int64_t{is_settled(in) ? 1 : 0});
}
void caught_up(Samples& out, const ClusterReport& in) {
  put(out, in, std::int64_t{in.health.caught_up ? 1 : 0});
}
void catch_up(Samples& out, const ClusterReport& in) {
  if (const auto ratio = catch_up_ratio(in.health)) put(out, in, *ratio);
}
void brokers(Samples& out, const ClusterReport& in) {
  if (in.brokers > 0) put(out, in, std::int64_t{in.brokers});
}
void topics(Samples& out, const ClusterReport& in) { put(out, in, whole(in.topics.size())); }

void groups_learning(Samples& out, const ClusterReport& in) {
  put(out, in,
      std::int64_t{std::count_if(in.groups.begin(), in.groups.end(),
                                 [](const auto& group) { return group->learning; })});
}

void groups(Samples& out, const ClusterReport& in) {
  for (const auto status :
       {GroupStatus::ok, GroupStatus::warning, GroupStatus::error, GroupStatus::unknown}) {
    const auto count = std::count_if(in.groups.begin(), in.groups.end(),
                                     [&](const auto& group) { return group->status == status; });
    out.put(cluster_label(in).add("status", to_string(status)), std::int64_t{count});
  }
}

void records_read(Samples& out, const ClusterReport& in) {
  put(out, in, whole(in.health.records_read));
}
void decode_errors(Samples& out, const ClusterReport& in) {
  put_kinds(out, in, in.health.decode_errors);
}
void skipped_records(Samples& out, const ClusterReport& in) {
  put_kinds(out, in, in.health.skipped_records);
}
void collector_errors(Samples& out, const ClusterReport& in) {
  put_kinds(out, in, in.health.collector_errors);
}
void probes_sent(Samples& out, const ClusterReport& in) {
  put(out, in, whole(in.health.probes_sent));
}
void probes_failed(Samples& out, const ClusterReport& in) {
  put(out, in, whole(in.health.probes_failed));
}
void probes_skipped(Samples& out, const ClusterReport& in) {
  put(out, in, whole(in.health.probes_skipped));
}
void probes_waiting(Samples& out, const ClusterReport& in) {
  put(out, in, whole(in.health.probes_waiting));
}
void log_ends_age(Samples& out, const ClusterReport& in) {
  put_age(out, in, in.health.log_ends_at);
}
void offsets_age(Samples& out, const ClusterReport& in) { put_age(out, in, in.health.offsets_at); }
void stale_partitions(Samples& out, const ClusterReport& in) {
  put(out, in, whole(in.health.stale_offsets_partitions.size()));
}
void held_partitions(Samples& out, const ClusterReport& in) {
  put(out, in, whole(in.health.held_offsets_partitions.size()));
}
void stale_log_ends(Samples& out, const ClusterReport& in) {
  put(out, in, whole(in.health.stale_log_ends));
}
void report_time(Samples& out, const ClusterReport& in) {
  put(out, in, to_seconds(in.shown(in.as_of).time_since_epoch()));
}
void tick_duration(Samples& out, const ClusterReport& in) {
  put(out, in, to_seconds(in.health.last_tick));
}
void ticks(Samples& out, const ClusterReport& in) { put(out, in, whole(in.health.ticks)); }
void clock_shift(Samples& out, const ClusterReport& in) {
  put(out, in, to_seconds(in.health.clock_shift));
}

void put_time(Samples& out, const ClusterReport& in, std::optional<Instant> at) {
  if (at) put(out, in, to_seconds(at->time_since_epoch()));
}
void snapshot_time(Samples& out, const ClusterReport& in) {
  put_time(out, in, in.shown(in.health.snapshot.written_at));
}
void restored_time(Samples& out, const ClusterReport& in) {
  put_time(out, in, in.health.snapshot.restored_from);
}
void snapshot_bytes(Samples& out, const ClusterReport& in) {
  if (in.health.snapshot.written_at) put(out, in, whole(in.health.snapshot.bytes));
}
void snapshot_took(Samples& out, const ClusterReport& in) {
  if (in.health.snapshot.written_at) put(out, in, to_seconds(in.health.snapshot.took));
}
void snapshot_failures(Samples& out, const ClusterReport& in) {
  if (in.health.snapshot.kept) put(out, in, whole(in.health.snapshot.failures));
}

}  // namespace

const std::vector<ClusterFamily>& cluster_metrics() {
  static const std::vector<ClusterFamily> table = {
      {"tidemark_cluster_up", "gauge", "1 if the cluster's brokers answer.", up},
      {"tidemark_cluster_info", "gauge",
       "Always 1; the state of the link is in the labels, and with not_authorized the resource and "
       "the right that is missing.",
       info},
      {"tidemark_cluster_ready", "gauge",
       "1 if the cluster is caught up or known to be out of reach; the daemon is ready when all "
       "are.",
       ready},
      {"tidemark_cluster_caught_up", "gauge",
       "1 once the offsets topic is read up to where it ended at the start.", caught_up},
      {"tidemark_cluster_catch_up_ratio", "gauge", "How far the reading at the start is.",
       catch_up},
      {"tidemark_cluster_brokers", "gauge", "Brokers of the cluster.", brokers},
      {"tidemark_cluster_topics", "gauge", "Topics of the cluster.", topics},
      {"tidemark_cluster_groups", "gauge", "Groups by status.", groups},
      {"tidemark_cluster_groups_learning", "gauge",
       "Groups in trouble by a verdict that rests on too little to wake anybody.", groups_learning},
      {"tidemark_cluster_records_read_total", "counter", "Records read of the offsets topic.",
       records_read},
      {"tidemark_cluster_decode_errors_total", "counter",
       "Records of the offsets topic that could not be decoded, by kind of damage.", decode_errors},
      {"tidemark_cluster_skipped_records_total", "counter",
       "Records of the offsets topic that say nothing about offsets or members, by kind.",
       skipped_records},
      {"tidemark_cluster_collector_errors_total", "counter",
       "Requests to the cluster that failed, by what was asked.", collector_errors},
      {"tidemark_cluster_probes_sent_total", "counter",
       "Single records asked for, to see what waits before anybody is accused.", probes_sent},
      {"tidemark_cluster_probes_failed_total", "counter",
       "Of these: without an answer in time, or refused.", probes_failed},
      {"tidemark_cluster_probes_skipped_total", "counter",
       "Not asked for because too many waited already.", probes_skipped},
      {"tidemark_cluster_probes_waiting", "gauge", "Probes that wait or are under way.",
       probes_waiting},
      {"tidemark_cluster_log_ends_age_seconds", "gauge",
       "Time since the newest refresh of log ends.", log_ends_age},
      {"tidemark_cluster_offsets_age_seconds", "gauge",
       "Time since all partitions of the offsets topic were read to their end.", offsets_age},
      {"tidemark_cluster_stale_offsets_partitions", "gauge",
       "Partitions of the offsets topic that are not fresh: their groups are not judged anew.",
       stale_partitions},
      {"tidemark_cluster_held_offsets_partitions", "gauge",
       "Of these: held back by a transaction that was left open in the offsets topic.",
       held_partitions},
      {"tidemark_cluster_stale_log_ends", "gauge",
       "Partitions of topics whose log end was not seen for three refresh intervals.",
       stale_log_ends},
      {"tidemark_cluster_snapshot_timestamp_seconds", "gauge",
       "When the newest snapshot was written.", snapshot_time},
      {"tidemark_cluster_snapshot_bytes", "gauge", "Size of the newest snapshot.", snapshot_bytes},
      {"tidemark_cluster_snapshot_seconds", "gauge",
       "How long it took until the newest snapshot was on the disk.", snapshot_took},
      {"tidemark_cluster_snapshot_failures_total", "counter",
       "Snapshots that could not be written.", snapshot_failures},
      {"tidemark_cluster_restored_timestamp_seconds", "gauge",
       "When the snapshot was written that this start went on from.", restored_time},
      {"tidemark_cluster_queue_depth", "gauge", "Items that wait in the queue.",
       queues<&ChannelStats::depth>},
      {"tidemark_cluster_queue_weight", "gauge",
       "Records, partitions and questions in what waits in the queue.",
       queues<&ChannelStats::weight>},
      {"tidemark_cluster_queue_capacity", "gauge", "So many of these may wait.",
       queues<&ChannelStats::capacity>},
      {"tidemark_cluster_queue_bytes", "gauge", "Memory of what waits in the queue.",
       queues<&ChannelStats::bytes>},
      {"tidemark_cluster_queue_capacity_bytes", "gauge", "So much of it may wait.",
       queues<&ChannelStats::capacity_bytes>},
      {"tidemark_cluster_queue_pushed_total", "counter", "Items that entered the queue.",
       queues<&ChannelStats::pushed>},
      {"tidemark_cluster_queue_dropped_total", "counter",
       "Items that were refused because the queue stayed full or was closed.",
       queues<&ChannelStats::dropped>},
      {"tidemark_cluster_queue_waited_total", "counter", "Items whose sender found the queue full.",
       queues<&ChannelStats::waited>},
      {"tidemark_cluster_queue_waited_seconds_total", "counter",
       "Time that senders have waited for room in the queue.", queues_waited},
      {"tidemark_cluster_report_timestamp_seconds", "gauge",
       "When the newest report of the cluster was made, as Unix time.", report_time},
      {"tidemark_cluster_tick_duration_seconds", "gauge", "How long the newest tick took.",
       tick_duration},
      {"tidemark_cluster_ticks_total", "counter", "Ticks since the start.", ticks},
      {"tidemark_cluster_clock_shift_seconds", "gauge",
       "This machine's clock minus that of the brokers.", clock_shift},
  };
  return table;
}

}  // namespace tidemark
