#include "api/metrics.h"

#include "api/listener.h"
#include "api/lookup.h"
#include "api/metric_families.h"
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

void write_families(Samples& out, const Reports& reports, const std::vector<MetricFamily>& table) {
  for (const MetricFamily& family : table) {
    if (out.gone()) return;
    out.family(family.name, family.type, family.help);
    for (const auto& report : reports) family.write(out, *report);
  }
}

void write_all(const BodySink& sink, const Reports& reports, const Site& site) {
  Samples out(sink);
  write_daemon(out, site);
  write_process(out);
  for (const auto* table :
       {&cluster_metrics(), &group_metrics(), &partition_metrics(), &topic_metrics()}) {
    write_families(out, reports, *table);
  }
  if (site.settings.burrow_metrics) write_families(out, reports, burrow_metrics());
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
