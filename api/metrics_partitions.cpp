// tidemark_partition_* and tidemark_topic_*.
#include <algorithm>

#include "api/metric_families.h"

namespace tidemark {
namespace {

using Number = std::optional<std::int64_t>;
using Seconds = std::optional<double>;

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
void write(Samples& out, const ClusterReport& report) {
  each_partition(out, report, "group", Value);
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
Seconds time_lag(const ClusterReport& report, const PartitionReport& at) {
  const auto span = at.committed ? at.time_lag(report.as_of_broker) : std::nullopt;
  return span ? Seconds(to_seconds(*span)) : std::nullopt;
}
Seconds commit_age(const ClusterReport& report, const PartitionReport& at) {
  if (!at.committed) return std::nullopt;
  return to_seconds(std::max(report.as_of_broker - at.committed_at, Duration{0}));
}

template <auto Field>
void write_offset(Samples& out, const ClusterReport& report) {
  each_topic_partition(out, report, [](const TopicPartitionReport& at) {
    const auto& offset = at.*Field;
    return offset ? Number(offset->get()) : std::nullopt;
  });
}

void write_leader(Samples& out, const ClusterReport& report) {
  each_topic_partition(out, report, [](const TopicPartitionReport& at) {
    return at.leader >= 0 ? Number(at.leader) : std::nullopt;
  });
}

void write_unread(Samples& out, const ClusterReport& report) {
  for (const auto& topic : report.topics) {
    if (out.gone()) return;
    if (!topic->unread_reported) continue;
    Labels labels;
    labels.add("cluster", report.cluster.get()).add("topic", topic->topic.get());
    out.put(labels, std::int64_t{1});
  }
}

}  // namespace

const std::vector<MetricFamily>& partition_metrics() {
  static const std::vector<MetricFamily> table = {
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

const std::vector<MetricFamily>& topic_metrics() {
  static const std::vector<MetricFamily> table = {
      {"tidemark_topic_partition_log_end_offset", "gauge",
       "Offset after the newest record of the partition.",
       write_offset<&TopicPartitionReport::end>},
      {"tidemark_topic_partition_log_start_offset", "gauge",
       "Offset of the oldest record that is still kept.",
       write_offset<&TopicPartitionReport::start>},
      {"tidemark_topic_partition_last_stable_offset", "gauge",
       "Up to here consumers with read_committed can read.",
       write_offset<&TopicPartitionReport::lso>},
      {"tidemark_topic_partition_leader", "gauge", "Broker id of the partition's leader.",
       write_leader},
      {"tidemark_topic_unread", "gauge",
       "1 for a topic that is written while no group reads it, if a policy asks to hear of it.",
       write_unread},
  };
  return table;
}

}  // namespace tidemark
