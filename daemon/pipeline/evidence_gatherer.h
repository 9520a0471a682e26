// Gathers what is known of a group in trouble: evidence for causes and forecasts. Owned by one
// pipeline thread; instants are on the brokers' clock.
#pragma once

#include <cstddef>
#include <vector>

#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/neighbours.h"
#include "daemon/pipeline/sight.h"
#include "daemon/pipeline/topic_speeds.h"
#include "evaluator/evidence.h"
#include "evaluator/partition_history.h"

namespace tidemark {

class MemberTable;

class EvidenceGatherer {
 public:
  // All three outlive it.
  EvidenceGatherer(Books& books, const Sight& sight, const Neighbours& neighbours)
      : books_(books), sight_(sight), neighbours_(neighbours) {}

  // Of a group that has been judged.
  GroupEvidence gather(Group& group, Instant broker_now);

  // Speeds of topics are worked out once for all groups: for how many partitions so far.
  [[nodiscard]] std::size_t speeds_worked_out() const { return speeds_.worked_out(); }

 private:
  void add_members(const Group& group, const MemberTable& members, GroupEvidence& to) const;
  void add_topic(GroupEvidence& to, const Reading& reading, const TopicOfGroup& judged,
                 const MemberTable& members);
  void add_partitions(const Reading& reading, const TopicOfGroup& judged,
                      const MemberTable& members, Instant broker_now,
                      const std::vector<TopicSpeeds::Of>& speeds, TopicEvidence& to);
  [[nodiscard]] PartitionEvidence of_partition(const Topic& topic, const PartitionReport& judged,
                                               const MemberTable& members) const;
  PaceEvidence pace(const Group& group, Duration window, Instant broker_now);
  [[nodiscard]] std::vector<BrokerEvidence> brokers(const Group& group) const;
  BlindEvidence blindness(Group& group, Instant broker_now);

  Books& books_;
  const Sight& sight_;
  const Neighbours& neighbours_;
  TopicSpeeds speeds_{books_.topics, books_.settings.refresh};
  PartitionHistory history_;  // of the slot that is looked at; kept for its memory
};

}  // namespace tidemark
