// The condition retention_risk: what waits will be deleted before long.
#include <algorithm>
#include <tuple>

#include "daemon/pipeline/cluster_state.h"

namespace tidemark {

// Of the partition whose history is in `scratch_`.
void ClusterState::note_retention_risk(PartitionVerdict& verdict, const SlotInfo& of,
                                       Instant broker_now) {
  if (verdict.stale || verdict.lag.value_or(0) <= 0) return;
  const TopicPartition& partition = partition_of(of);
  if (partition.history.empty()) return;
  const Topic& topic = *of.reading->topic;
  const RetentionEvidence evidence =
      retention_evidence(topic.settings, partition.history, partition.starts,
                         partition.start.value_or(Offset{0}), broker_now);
  const OldestUnread record = oldest_unread(scratch_, partition.history, partition.start);
  const auto loss = expected_loss(record, evidence, broker_now);
  if (!loss) return;
  const RetentionRisk risk = retention_risk(record, *loss, *of.reading->policy, broker_now);
  if (risk.due) verdict.due = std::min(verdict.due.value_or(*risk.due), *risk.due);
  if (!risk.now) return;
  verdict.conditions.set(Condition::retention_risk);
  const auto sooner = [&](const SoonestLoss& than) {
    return std::tie(loss->at, topic.name, of.partition) <
           std::tie(than.loss.at, than.topic->name, than.partition);
  };
  if (!soonest_loss_ || sooner(*soonest_loss_)) soonest_loss_ = {&topic, of.partition, *loss};
}

void ClusterState::tell_retention_risk(Group& group, GroupReport& report,
                                       Instant broker_now) const {
  if (!soonest_loss_) return;
  const Topic& topic = *soonest_loss_->topic;
  const std::string partition = topic.name + "-" + std::to_string(soonest_loss_->partition.get());
  report.explanation +=
      "; " + loss_sentence(partition, soonest_loss_->loss, topic.settings, broker_now);
  group.has_sentences = true;  // it counts down
}

}  // namespace tidemark
