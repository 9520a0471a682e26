// tidemark_partition_*.
#include <algorithm>

#include "api/metric_families.h"

namespace tidemark {
namespace {

using Number = std::optional<std::int64_t>;
using Span = std::optional<Duration>;

int number_of(PartitionStatus status) {
  switch (status) {
    case PartitionStatus::ok:
      return 0;
    case PartitionStatus::stalled:
      return 1;
    case PartitionStatus::stopped:
      return 2;
    case PartitionStatus::rewind:
      return 3;
    case PartitionStatus::unknown:
      return 4;
    case PartitionStatus::warn:
      return 5;
    case PartitionStatus::not_found:
      break;
  }
  return 6;
}

template <auto Value>
void write(Samples& out, const MetricsScope& scope) {
  each_partition(out, scope, "group", Value);
}

Number status(const ClusterReport&, const PartitionReport& at) {
  return at.committed ? Number(number_of(at.status)) : std::nullopt;
}
Number lag(const ClusterReport&, const PartitionReport& at) { return at.lag; }
Number committed_offset(const ClusterReport&, const PartitionReport& at) {
  return at.committed ? Number(at.committed_offset.get()) : std::nullopt;
}
Number lost(const ClusterReport&, const PartitionReport& at) {
  return at.committed ? Number(at.lost) : std::nullopt;
}
Span time_lag(const ClusterReport& report, const PartitionReport& at) {
  return at.committed ? at.time_lag(report.as_of_broker) : std::nullopt;
}
Span commit_age(const ClusterReport& report, const PartitionReport& at) {
  if (!at.committed) return std::nullopt;
  return std::max(report.as_of_broker - at.committed_at, Duration{0});
}

}  // namespace

const MetricTable& partition_metrics() {
  static const MetricTable table = {
      {"tidemark_partition_status", "gauge",
       "Status: 0 OK, 1 STALLED, 2 STOPPED, 3 REWIND, 4 UNKNOWN; with Burrow's rules also 5 WARN, "
       "6 NOTFOUND.",
       write<status>},
      {"tidemark_partition_lag", "gauge", "Records that wait.", write<lag>},
      {"tidemark_partition_time_lag_seconds", "gauge",
       "Age of the oldest unread record; 0 when nothing waits.", write<time_lag>},
      {"tidemark_partition_committed_offset", "gauge", "The committed offset.",
       write<committed_offset>},
      {"tidemark_partition_commit_age_seconds", "gauge", "Time since the newest commit.",
       write<commit_age>},
      {"tidemark_partition_lost_records", "gauge",
       "Records that retention deleted before the group read them.", write<lost>},
  };
  return table;
}

}  // namespace tidemark
