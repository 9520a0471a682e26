// Burrow's six families: its names, labels and numbers.
#include "api/burrow_words.h"
#include "api/metric_families.h"

namespace tidemark {
namespace {

using Number = std::optional<std::int64_t>;
constexpr std::string_view kGroup = "consumer_group";

bool window_is_full(const PartitionReport& at) { return burrow_complete(at) >= 1.0; }

bool is_gone(const GroupReport& group) { return burrow_status(group) == BurrowStatus::not_found; }

Number lag_total(const ClusterReport&, const GroupReport& group) {
  return is_gone(group) ? std::nullopt : group.lag;
}

Number group_status(const ClusterReport&, const GroupReport& group) {
  return is_gone(group) ? std::nullopt : Number(static_cast<int>(burrow_status(group)));
}

Number partition_status(const ClusterReport&, const PartitionReport& at) {
  return window_is_full(at) ? Number(static_cast<int>(burrow_status(at))) : std::nullopt;
}

Number current_offset(const ClusterReport&, const PartitionReport& at) {
  return window_is_full(at) ? Number(at.committed_offset.get()) : std::nullopt;
}

// Burrow counts a partition that was never committed as 0.
Number partition_lag(const ClusterReport&, const PartitionReport& at) {
  return at.committed ? Number(at.lag) : Number(0);
}

Number log_end(const TopicPartitionReport& at) {
  return at.end ? Number(at.end->get()) : std::nullopt;
}

}  // namespace

const MetricTable& burrow_group_metrics() {
  static const MetricTable table = {
      {"burrow_kafka_consumer_lag_total", "untyped",
       "Sum of the current lag of the group's partitions.",
       [](Samples& out, const MetricsScope& in) { each_group(out, in, kGroup, lag_total); }},
      {"burrow_kafka_consumer_status", "gauge", "Status of the group: 1 OK, 2 WARN, 3 ERR.",
       [](Samples& out, const MetricsScope& in) { each_group(out, in, kGroup, group_status); }},
  };
  return table;
}

const MetricTable& burrow_partition_metrics() {
  static const MetricTable table = {
      {"burrow_kafka_topic_partition_status", "gauge",
       "Status of a partition whose window is full: 1 OK, 2 WARN, 4 STOP, 5 STALL, 6 REWIND.",
       [](Samples& out, const MetricsScope& in) {
         each_partition(out, in, kGroup, partition_status);
       }},
      {"burrow_kafka_consumer_current_offset", "gauge",
       "Newest committed offset of a partition whose window is full.",
       [](Samples& out, const MetricsScope& in) {
         each_partition(out, in, kGroup, current_offset);
       }},
      {"burrow_kafka_consumer_partition_lag", "gauge", "Current lag of the partition.",
       [](Samples& out, const MetricsScope& in) {
         each_partition(out, in, kGroup, partition_lag);
       }},
  };
  return table;
}

const MetricTable& burrow_topic_metrics() {
  static const MetricTable table = {
      {"burrow_kafka_topic_partition_offset", "gauge", "Log end of the topic's partition.",
       [](Samples& out, const MetricsScope& in) { each_topic_partition(out, in, log_end); }},
  };
  return table;
}

}  // namespace tidemark
