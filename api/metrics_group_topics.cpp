// tidemark_group_topic_*: what a group reads of one topic, over all its partitions.
#include <algorithm>

#include "api/metric_families.h"
#include "api/words.h"

namespace tidemark {
namespace {

using Number = std::optional<std::int64_t>;
using Span = std::optional<Duration>;

template <auto Value>
void write(Samples& out, const MetricsScope& scope) {
  each_topic_of_group(out, scope, Granularity::topic, "group",
                      [&](const GroupReport&, const TopicOfGroup& topic, const Labels& labels) {
                        const auto number = Value(scope.report(), topic);
                        if (number) out.put(labels, *number);
                      });
}

Number status(const ClusterReport&, const TopicOfGroup& topic) {
  const auto worst = worst_of(topic);
  return worst ? Number(metric_number(*worst)) : std::nullopt;
}

Number lag(const ClusterReport&, const TopicOfGroup& topic) {
  Number sum;
  for (const PartitionReport& at : topic.partitions) {
    if (at.lag) sum = sum.value_or(0) + *at.lag;
  }
  return sum;
}

// The worst of its partitions; not known while it is not known of one that waits.
Span time_lag(const ClusterReport& report, const TopicOfGroup& topic) {
  Span worst;
  for (const PartitionReport& at : topic.partitions) {
    if (!at.committed) continue;
    const Span span = at.time_lag(report.as_of_broker);
    if (!span && at.lag.value_or(0) > 0) return std::nullopt;
    if (span) worst = std::max(worst.value_or(*span), *span);
  }
  return worst;
}

Number lost(const ClusterReport&, const TopicOfGroup& topic) {
  Number sum;
  for (const PartitionReport& at : topic.partitions) {
    if (at.committed) sum = sum.value_or(0) + at.lost;
  }
  return sum;
}

}  // namespace

const MetricTable& group_topic_metrics() {
  static const MetricTable table = {
      {"tidemark_group_topic_status", "gauge",
       "What the topic makes of the group by itself: 0 OK, 1 WARNING, 2 ERROR, 3 UNKNOWN.",
       write<status>},
      {"tidemark_group_topic_lag", "gauge", "Records of the topic that wait, over all partitions.",
       write<lag>},
      {"tidemark_group_topic_time_lag_seconds", "gauge",
       "Age of the oldest unread record of the topic; 0 when nothing waits.", write<time_lag>},
      {"tidemark_group_topic_lost_records", "gauge",
       "Records of the topic that retention deleted before the group read them.", write<lost>},
  };
  return table;
}

}  // namespace tidemark
