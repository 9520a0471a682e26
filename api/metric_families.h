// The families of /metrics as tables: what each is called, and how its samples come out of a
// report. docs/metrics.md lists the same, and a test compares them. Unknown is an absent series.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/metrics_scope.h"
#include "api/prometheus_text.h"
#include "evaluator/report.h"

namespace tidemark {

template <class Source>
struct FamilyOf {
  std::string_view name;
  std::string_view type;  // "gauge", "counter" or "untyped"
  std::string_view help;
  void (*write)(Samples&, const Source&);
};
using ClusterFamily = FamilyOf<ClusterReport>;
using MetricFamily = FamilyOf<MetricsScope>;
using MetricTable = std::vector<MetricFamily>;

// By what their series are of.
const std::vector<ClusterFamily>& cluster_metrics();
const MetricTable& group_metrics();
const MetricTable& group_topic_metrics();  // of a topic of a group
const MetricTable& partition_metrics();    // of a partition of a group
const MetricTable& topic_metrics();        // of a topic by itself, or a partition of it

const MetricTable& burrow_group_metrics();
const MetricTable& burrow_partition_metrics();
const MetricTable& burrow_topic_metrics();

// --- the walks that the tables are made with; `value` answers a number, or null for none
// ------------

// value(report, group); `group_label` is what the group's label is called.
template <class Value>
void each_group(Samples& out, const MetricsScope& scope, std::string_view group_label,
                Value value) {
  Labels labels;
  const std::size_t kept = labels.add("cluster", scope.report().cluster.get()).text().size();
  scope.each_group([&](const GroupReport& group) {
    if (const auto number = value(scope.report(), group)) {
      out.put(labels.cut(kept).add(group_label, group.name.get()), *number);
    }
    return !out.gone();
  });
}

// visit(group, topic, labels) of each topic of a group that is shown so finely at least.
template <class Visit>
void each_topic_of_group(Samples& out, const MetricsScope& scope, Granularity least,
                         std::string_view group_label, Visit visit) {
  Labels labels;
  const std::size_t kept = labels.add("cluster", scope.report().cluster.get()).text().size();
  scope.each_topic_of_group(least, [&](const GroupReport& group, const TopicOfGroup& topic) {
    labels.cut(kept).add(group_label, group.name.get()).add("topic", topic.topic.get());
    visit(group, topic, labels);
    return !out.gone();
  });
}

// value(report, partition) of each group-partition, the never committed ones too.
template <class Value>
void each_partition(Samples& out, const MetricsScope& scope, std::string_view group_label,
                    Value value) {
  each_topic_of_group(out, scope, Granularity::partition, group_label,
                      [&](const GroupReport&, const TopicOfGroup& topic, const Labels& labels) {
                        out.rows(labels);
                        for (const PartitionReport& at : topic.partitions) {
                          if (const auto number = value(scope.report(), at)) {
                            out.row(at.partition.get(), *number);
                          }
                        }
                      });
}

// value(topic) of each topic that is shown so finely at least.
template <class Value>
void each_topic(Samples& out, const MetricsScope& scope, Granularity least, Value value) {
  scope.each_topic(least, [&](const TopicReport& topic) {
    if (const auto number = value(topic)) {
      Labels labels;
      labels.add("cluster", scope.report().cluster.get()).add("topic", topic.topic.get());
      out.put(labels, *number);
    }
    return !out.gone();
  });
}

// value(partition) of each topic partition.
template <class Value>
void each_topic_partition(Samples& out, const MetricsScope& scope, Value value) {
  scope.each_topic(Granularity::partition, [&](const TopicReport& topic) {
    Labels labels;
    labels.add("cluster", scope.report().cluster.get()).add("topic", topic.topic.get());
    out.rows(labels);
    for (const TopicPartitionReport& at : topic.partitions) {
      if (const auto number = value(at)) out.row(at.partition.get(), *number);
    }
    return !out.gone();
  });
}

}  // namespace tidemark
