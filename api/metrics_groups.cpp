// tidemark_group_*.
#include <algorithm>
#include <limits>

#include "api/metric_families.h"
#include "api/words.h"

namespace tidemark {
namespace {

using Number = std::optional<std::int64_t>;
using Real = std::optional<double>;
using Span = std::optional<Duration>;

// A family with one number a group, taken by `Value`.
template <auto Value>
void write(Samples& out, const MetricsScope& scope) {
  each_group(out, scope, "group", Value);
}

Number status(const ClusterReport&, const GroupReport& at) { return metric_number(at.status); }
Number stale(const ClusterReport&, const GroupReport& at) { return at.stale ? 1 : 0; }
Number lag(const ClusterReport&, const GroupReport& at) { return at.lag; }
Number lost(const ClusterReport&, const GroupReport& at) { return at.lost; }
Number partitions(const ClusterReport&, const GroupReport& at) { return at.partition_count; }
Real complete(const ClusterReport&, const GroupReport& at) { return at.complete; }

Number members(const ClusterReport&, const GroupReport& at) {
  return static_cast<std::int64_t>(at.members.size());
}
Span time_lag(const ClusterReport& report, const GroupReport& at) {
  return at.time_lag(report.as_of_broker);
}
Span commit_age(const ClusterReport& report, const GroupReport& at) {
  if (!at.last_commit) return std::nullopt;
  return std::max(report.as_of_broker - *at.last_commit, Duration{0});
}
Span status_since(const ClusterReport& in, const GroupReport& at) {
  return in.shown(at.status_since).time_since_epoch();
}

// write(group, labels) of each group.
template <class Write>
void each_labelled(Samples& out, const MetricsScope& scope, Write write) {
  scope.each_group([&](const GroupReport& group) {
    Labels labels;
    labels.add("cluster", scope.report().cluster.get()).add("group", group.name.get());
    write(group, labels);
    return !out.gone();
  });
}

void write_info(Samples& out, const MetricsScope& scope) {
  each_labelled(out, scope, [&](const GroupReport& group, Labels& labels) {
    labels.add("status", to_string(group.status)).add("reason", to_string(group.reason));
    labels.add("kind", word(group.kind)).add("state", group.state);
    out.put(labels, std::int64_t{1});
  });
}

void write_conditions(Samples& out, const MetricsScope& scope) {
  each_labelled(out, scope, [&](const GroupReport& group, const Labels& labels) {
    for (const std::string_view condition : group.conditions.words()) {
      out.put(Labels(labels).add("condition", condition), std::int64_t{1});
    }
  });
}

void write_findings(Samples& out, const MetricsScope& scope) {
  each_labelled(out, scope, [&](const GroupReport& group, const Labels& labels) {
    if (!group.diagnosis) return;
    for (const Finding& finding : group.diagnosis->findings) {
      out.put(Labels(labels).add("finding", to_string(finding.kind)), std::int64_t{1});
    }
  });
}

// Never at this speed is infinitely long.
template <std::optional<Outlook> Forecast::*Of>
Real outlook(const ClusterReport&, const GroupReport& at) {
  if (!at.diagnosis) return std::nullopt;
  const std::optional<Outlook>& outlook = at.diagnosis->forecast.*Of;
  if (!outlook) return std::nullopt;
  return outlook->likely ? to_seconds(*outlook->likely) : std::numeric_limits<double>::infinity();
}

}  // namespace

const MetricTable& group_metrics() {
  static const MetricTable table = {
      {"tidemark_group_status", "gauge", "Status: 0 OK, 1 WARNING, 2 ERROR, 3 UNKNOWN.",
       write<status>},
      {"tidemark_group_info", "gauge",
       "Always 1; status, reason, kind and state of the group are in the labels.", write_info},
      {"tidemark_group_condition", "gauge", "1 for each condition that holds, named by the label.",
       write_conditions},
      {"tidemark_group_finding", "gauge",
       "Always 1; why the group is in trouble is in the label, one series for each finding.",
       write_findings},
      {"tidemark_group_catch_up_seconds", "gauge",
       "How long the group needs to catch up at today's speeds; +Inf: never.",
       write<outlook<&Forecast::catch_up>>},
      {"tidemark_group_until_loss_seconds", "gauge",
       "How long until retention deletes records that it has not read; +Inf: never.",
       write<outlook<&Forecast::until_loss>>},
      {"tidemark_group_stale", "gauge",
       "1 if the verdict is an old one, because the view of the group is not fresh.", write<stale>},
      {"tidemark_group_status_since_timestamp_seconds", "gauge",
       "When the group came into its status, as Unix time.", write<status_since>},
      {"tidemark_group_lag", "gauge", "Records that wait, over all partitions.", write<lag>},
      {"tidemark_group_time_lag_seconds", "gauge",
       "Age of the oldest unread record; 0 when nothing waits.", write<time_lag>},
      {"tidemark_group_lost_records", "gauge",
       "Records that retention deleted before the group read them.", write<lost>},
      {"tidemark_group_last_commit_age_seconds", "gauge", "Time since the newest commit.",
       write<commit_age>},
      {"tidemark_group_partitions", "gauge",
       "Partitions of the topics of the group, those never committed included.", write<partitions>},
      {"tidemark_group_members", "gauge", "Members of the group.", write<members>},
      {"tidemark_group_complete_ratio", "gauge", "Share of the partitions whose window is full.",
       write<complete>},
  };
  return table;
}

}  // namespace tidemark
