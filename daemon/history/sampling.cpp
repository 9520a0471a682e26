#include "daemon/history/sampling.h"

#include <utility>

namespace tidemark {
namespace {

Maybe<std::int64_t> log_end_of(const TopicReport* topic, PartitionId partition) {
  const auto at = static_cast<std::size_t>(partition.get());
  if (topic == nullptr || at >= topic->partitions.size()) return std::nullopt;
  const Maybe<Offset> end = topic->partitions[at].end;
  return end ? Maybe<std::int64_t>(end->get()) : std::nullopt;
}

bool is_shown(const PartitionReport& partition, HistoryDetail detail) {
  if (!partition.committed) return false;
  if (detail == HistoryDetail::partitions) return true;
  return detail == HistoryDetail::lagging &&
         (partition.lag.value_or(1) > 0 || partition.status != PartitionStatus::ok);
}

// Null where a partition came, left, or went back: then it is not known what was read or written.
Maybe<std::int64_t> growth(std::int64_t before, std::int64_t now) {
  return now >= before ? Maybe<std::int64_t>(now - before) : std::nullopt;
}

}  // namespace

GroupSample Sampling::sample(const GroupReport& group, const ClusterReport& report, Instant at) {
  GroupSample out;
  out.at = at;
  Sums sums;
  for (const TopicOfGroup& topic : group.topics) {
    const TopicReport* const log = report.find_topic(topic.topic.get());
    TopicSample of{topic.topic.get(), {}};
    for (const PartitionReport& partition : topic.partitions) {
      const Maybe<std::int64_t> end = log_end_of(log, partition.partition);
      const std::int64_t committed = partition.committed_offset.get();
      if (partition.committed && end) {
        sums.committed += committed;
        sums.log_end += *end;
        ++sums.partitions;
      }
      if (!is_shown(partition, topic.history)) continue;
      of.partitions.resize(static_cast<std::size_t>(partition.partition.get()) + 1);
      of.partitions.back() = {partition.status, true, committed, end, partition.lag};
    }
    if (!of.partitions.empty()) out.topics.push_back(std::move(of));
  }
  out.totals.status = group.status;
  out.totals.lag = group.lag;
  if (const auto time_lag = group.time_lag(report.as_of_broker)) {
    out.totals.time_lag = time_lag->count();
  }
  const auto [known, first] = before_.try_emplace(group.name.get(), sums);
  if (!first && known->second.partitions == sums.partitions) {
    out.totals.committed = growth(known->second.committed, sums.committed);
    out.totals.produced = growth(known->second.log_end, sums.log_end);
  }
  known->second = sums;
  return out;
}

}  // namespace tidemark
