// The condition retention_risk of the group that is being judged: that what waits will be deleted
// before long, and which of its unread records goes first. Owned by one pipeline thread; instants
// are on the brokers' clock.
#pragma once

#include <optional>

#include "core/ids.h"
#include "core/time.h"
#include "daemon/pipeline/group.h"
#include "evaluator/partition_history.h"
#include "evaluator/report.h"
#include "evaluator/retention.h"
#include "evaluator/verdict.h"

namespace tidemark {

class RetentionWatch {
 public:
  // Another group is being judged.
  void begin() { soonest_.reset(); }
  // Adds the condition to the verdict on one of its partitions, and until when that holds.
  void note(const SlotInfo& of, const TopicPartition& partition, const PartitionHistory& history,
            Instant broker_now, PartitionVerdict& verdict) {
    if (verdict.stale || verdict.lag.value_or(0) <= 0 || partition.history.empty()) return;
    note_waiting(of, partition, history, broker_now, verdict);
  }
  // Says in the group's explanation what is lost first, if anything is.
  void tell(Group& group, GroupReport& report, Instant broker_now) const;

 private:
  void note_waiting(const SlotInfo& of, const TopicPartition& partition,
                    const PartitionHistory& history, Instant broker_now, PartitionVerdict& verdict);

  struct Loss {
    const Topic* topic = nullptr;
    PartitionId partition;
    ExpectedLoss expected;
  };

  std::optional<Loss> soonest_;
};

}  // namespace tidemark
