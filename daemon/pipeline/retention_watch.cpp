#include "daemon/pipeline/retention_watch.h"

#include <algorithm>
#include <string>
#include <tuple>

namespace tidemark {

void RetentionWatch::note_waiting(const SlotInfo& of, const TopicPartition& partition,
                                  const PartitionHistory& history, Instant broker_now,
                                  PartitionVerdict& verdict) {
  const Topic& topic = *of.reading->topic;
  const RetentionEvidence evidence =
      retention_evidence(topic.settings, partition.history, partition.starts,
                         partition.start.value_or(Offset{0}), broker_now);
  const OldestUnread record = oldest_unread(history, partition.history, partition.start);
  const auto loss = expected_loss(record, evidence, broker_now);
  if (!loss) return;
  const RetentionRisk risk = retention_risk(record, *loss, *of.reading->policy, broker_now);
  if (risk.due) verdict.due = std::min(verdict.due.value_or(*risk.due), *risk.due);
  if (!risk.now) return;
  verdict.conditions.set(Condition::retention_risk);
  const auto sooner = [&](const Loss& than) {
    return std::tie(loss->at, topic.name, of.partition) <
           std::tie(than.expected.at, than.topic->name, than.partition);
  };
  if (!soonest_ || sooner(*soonest_)) soonest_ = {&topic, of.partition, *loss};
}

void RetentionWatch::tell(Group& group, GroupReport& report, Instant broker_now) const {
  if (!soonest_) return;
  const Topic& topic = *soonest_->topic;
  const std::string partition = topic.name + "-" + std::to_string(soonest_->partition.get());
  report.explanation +=
      "; " + loss_sentence(partition, soonest_->expected, topic.settings, broker_now);
  group.has_sentences = true;  // it counts down
}

}  // namespace tidemark
