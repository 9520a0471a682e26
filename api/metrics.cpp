#include "api/metrics.h"

#include "api/listener.h"
#include "api/lookup.h"
#include "api/metric_families.h"
#include "api/metrics_alerts.h"
#include "api/metrics_limit.h"
#include "api/process_stats.h"
#include "api/request_metrics.h"
#include "api/router.h"
#include "api/server.h"
#include "core/log.h"

namespace tidemark {
namespace {

template <class T>
void one(Samples& out, std::string_view name, std::string_view type, std::string_view help,
         const std::optional<T>& value) {
  out.family(name, type, help);
  if (value) out.put(Labels(), *value);
}

std::optional<std::int64_t> whole(std::uint64_t count) { return static_cast<std::int64_t>(count); }

void write_process(Samples& out) {
  const ProcessStats stats = read_process_stats();
  one(out, "process_cpu_seconds_total", "counter", "CPU time used, in seconds.", stats.cpu_seconds);
  one(out, "process_start_time_seconds", "gauge", "When the process began, as Unix time.",
      stats.start_time_seconds);
  one(out, "process_resident_memory_bytes", "gauge", "Memory that is in RAM.",
      stats.resident_bytes);
  one(out, "process_open_fds", "gauge", "Open file descriptors.", stats.open_files);
}

void write_daemon(Samples& out, const Site& site) {
  out.family("tidemark_build_info", "gauge", "Always 1; the version is in the label.");
  out.put(Labels().add("version", site.settings.version), std::int64_t{1});
  one(out, "tidemark_log_failed_lines_total", "counter",
      "Log lines that could not be written (a full disk, say).", whole(log::failed_lines()));
  const ListenerStats http = site.connections();
  out.family("tidemark_http_connections", "gauge",
             "Connections that a thread serves (open) or that wait for one (waiting).");
  out.put(Labels().add("state", "open"), std::int64_t{http.open});
  out.put(Labels().add("state", "waiting"), std::int64_t{http.waiting});
  one(out, "tidemark_http_connections_total", "counter", "Connections accepted.",
      whole(http.accepted));
  one(out, "tidemark_http_refused_connections_total", "counter",
      "Connections closed at once because too many were waiting for a thread.",
      whole(http.refused));
}

void write_history(Samples& out, const HistoryStatus& status) {
  using State = HistoryStatus::State;
  const bool well = status.state == State::recording || status.state == State::starting;
  one(out, "tidemark_history_recording", "gauge",
      "1 while the past is recorded; 0 if that is off, or fails.", whole(well ? 1 : 0));
  one(out, "tidemark_history_last_sample_timestamp_seconds", "gauge",
      "When the newest sample was taken, as Unix time.",
      status.last ? std::optional(to_seconds(status.last->time_since_epoch())) : std::nullopt);
  one(out, "tidemark_history_file_bytes", "gauge", "Size of history.db.", whole(status.bytes));
  one(out, "tidemark_history_samples_total", "counter", "Samples of groups that were taken.",
      whole(status.samples));
  one(out, "tidemark_history_lost_samples_total", "counter",
      "Samples of groups that could not be written.", whole(status.lost));
}

void write_events(Samples& out, const EventStatus& status) {
  one(out, "tidemark_events_keeping", "gauge",
      "1 while events are written to state.db; 0 if that is off, or fails.",
      whole(status.state == EventStatus::State::keeping ? 1 : 0));
  one(out, "tidemark_events_last_write_timestamp_seconds", "gauge",
      "When some were written last, as Unix time.",
      status.last ? std::optional(to_seconds(status.last->time_since_epoch())) : std::nullopt);
  one(out, "tidemark_events_file_bytes", "gauge", "Size of state.db.", whole(status.bytes));
  one(out, "tidemark_events_written_total", "counter", "Events that were written.",
      whole(status.written));
  one(out, "tidemark_events_waiting", "gauge", "Events that wait to be written.",
      whole(status.waiting));
  one(out, "tidemark_events_lost_total", "counter",
      "Events that could not be written: too many waited, or there was nowhere to.",
      whole(status.lost));
}

ChosenFamilies chosen(const MetricsSettings& settings) {
  ChosenFamilies out{group_metrics(), group_topic_metrics(), partition_metrics(), {}};
  const auto add = [](std::vector<MetricFamily>& to, const MetricTable& table) {
    to.insert(to.end(), table.begin(), table.end());
  };
  if (settings.topics) add(out.topics, topic_metrics());
  if (!settings.burrow) return out;
  add(out.groups, burrow_group_metrics());
  add(out.partitions, burrow_partition_metrics());
  add(out.topics, burrow_topic_metrics());
  return out;
}

void write_clusters(Samples& out, const Reports& reports) {
  for (const ClusterFamily& family : cluster_metrics()) {
    out.family(family.name, family.type, family.help);
    for (const auto& report : reports) family.write(out, *report);
  }
}

void write_families(Samples& out, const std::vector<MetricFamily>& table,
                    const std::vector<MetricsScope>& scopes) {
  for (const MetricFamily& family : table) {
    if (out.gone()) return;
    out.family(family.name, family.type, family.help);
    for (const MetricsScope& scope : scopes) family.write(out, scope);
  }
}

void tell_cut(std::uint64_t cut, std::uint64_t most) {
  static log::RateLimit limit(std::chrono::minutes{10});
  if (cut == 0 || !limit.pass(std::chrono::steady_clock::now())) return;
  log::warn(
      "/metrics: {} series are left out of a scrape, because metrics.max_series is {}; "
      "metrics.granularity, or metrics = \"none\" in a policy, makes it smaller",
      cut, most);
}

// Groups and topics, and what there is to say about how many they are.
void write_subjects(Samples& out, const Reports& reports, const MetricsSettings& settings) {
  const ChosenFamilies families = chosen(settings);
  const LimitedSeries limited =
      limit_series(reports, families, settings.granularity, settings.max_series);
  std::vector<MetricsScope> scopes;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto* ceilings = limited.ceilings.empty() ? nullptr : &limited.ceilings[i];
    scopes.emplace_back(*reports[i], settings.granularity, ceilings);
  }
  const std::uint64_t before = out.series();
  for (const auto* table :
       {&families.groups, &families.topics_of_groups, &families.partitions, &families.topics}) {
    write_families(out, *table, scopes);
  }
  one(out, "tidemark_metrics_series", "gauge", "Series of groups and topics in this scrape.",
      whole(out.series() - before));
  one(out, "tidemark_metrics_cut_series", "gauge",
      "Series of groups and topics that max_series has left out of this scrape.",
      whole(limited.cut));
  one(out, "tidemark_metrics_max_series", "gauge",
      "Series of groups and topics that a scrape may have; absent without a limit.",
      settings.max_series > 0 ? whole(settings.max_series) : std::nullopt);
  tell_cut(limited.cut, settings.max_series);
}

void write_all(const BodySink& sink, const Reports& reports, const Site& site) {
  Samples out(sink);
  write_daemon(out, site);
  write_history(out, *site.view.history());
  write_events(out, *site.view.events());
  write_alerts(out, *site.view.alerts());
  write_process(out);
  write_clusters(out, reports);
  out.flush();  // a client that waits for the first byte need not wait for more
  write_subjects(out, reports, site.settings.metrics);
  out.raw(site.requests.text());
  out.flush();
}

}  // namespace

HttpReply get_metrics(const Call& call) {
  HttpReply reply;
  reply.content_type = "text/plain; version=0.0.4; charset=utf-8";
  reply.stream = [site = &call.site, reports = call.site.view.reports()](const BodySink& sink) {
    write_all(sink, reports, *site);
  };
  return reply;
}

}  // namespace tidemark
