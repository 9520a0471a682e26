// The families of /metrics as tables: what each is called, and how its samples come out of a
// report. docs/metrics.md lists the same, and a test compares them. Unknown is an absent series.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/prometheus_text.h"
#include "evaluator/report.h"

namespace tidemark {

struct MetricFamily {
  std::string_view name;
  std::string_view type;  // "gauge", "counter" or "untyped"
  std::string_view help;
  void (*write)(Samples&, const ClusterReport&);
};

const std::vector<MetricFamily>& burrow_metrics();
const std::vector<MetricFamily>& cluster_metrics();
const std::vector<MetricFamily>& group_metrics();
const std::vector<MetricFamily>& partition_metrics();
const std::vector<MetricFamily>& topic_metrics();

// --- the walks that the tables are made with; `value` answers a number, or null for none
// ------------

// value(report, group); `group_label` is what the group's label is called.
template <class Value>
void each_group(Samples& out, const ClusterReport& report, std::string_view group_label,
                Value value) {
  for (const auto& group : report.groups) {
    if (out.gone()) return;
    if (const auto number = value(report, *group)) {
      Labels labels;
      labels.add("cluster", report.cluster.get()).add(group_label, group->name.get());
      out.put(labels, *number);
    }
  }
}

// value(report, partition) of each group-partition, the never committed ones too.
template <class Value>
void each_partition(Samples& out, const ClusterReport& report, std::string_view group_label,
                    Value value) {
  for (const auto& group : report.groups) {
    Labels of_group;
    of_group.add("cluster", report.cluster.get()).add(group_label, group->name.get());
    for (const TopicOfGroup& topic : group->topics) {
      if (out.gone()) return;
      const Labels labels = Labels(of_group).add("topic", topic.topic.get());
      for (const PartitionReport& at : topic.partitions) {
        if (const auto number = value(report, at)) out.put(labels, at.partition.get(), *number);
      }
    }
  }
}

// value(partition) of each topic partition.
template <class Value>
void each_topic_partition(Samples& out, const ClusterReport& report, Value value) {
  for (const auto& topic : report.topics) {
    if (out.gone()) return;
    Labels labels;
    labels.add("cluster", report.cluster.get()).add("topic", topic->topic.get());
    for (const TopicPartitionReport& at : topic->partitions) {
      if (const auto number = value(at)) out.put(labels, at.partition.get(), *number);
    }
  }
}

}  // namespace tidemark
