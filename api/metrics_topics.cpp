// tidemark_topic_*.
#include "api/metric_families.h"

namespace tidemark {
namespace {

using Number = std::optional<std::int64_t>;

template <auto Field>
void write_offset(Samples& out, const MetricsScope& scope) {
  each_topic_partition(out, scope, [](const TopicPartitionReport& at) {
    const auto& offset = at.*Field;
    return offset ? Number(offset->get()) : std::nullopt;
  });
}

void write_leader(Samples& out, const MetricsScope& scope) {
  each_topic_partition(out, scope, [](const TopicPartitionReport& at) {
    return at.leader >= 0 ? Number(at.leader) : std::nullopt;
  });
}

void write_produced(Samples& out, const MetricsScope& scope) {
  each_topic(out, scope, Granularity::topic,
             [](const TopicReport& topic) { return topic.produced_per_second; });
}

// A policy asked for it: shown however coarsely.
void write_unread(Samples& out, const MetricsScope& scope) {
  each_topic(out, scope, Granularity::group, [](const TopicReport& topic) {
    return topic.unread_reported ? Number(1) : std::nullopt;
  });
}

}  // namespace

const MetricTable& topic_metrics() {
  static const MetricTable table = {
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
      {"tidemark_topic_produced_per_second", "gauge",
       "Records written to the topic a second, over the last minutes.", write_produced},
      {"tidemark_topic_unread", "gauge",
       "1 for a topic that is written while no group reads it, if a policy asks to hear of it.",
       write_unread},
  };
  return table;
}

}  // namespace tidemark
