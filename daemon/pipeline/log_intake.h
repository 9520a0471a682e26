// Takes what is seen of the topics into the books: which there are, their log ends, log starts and
// last stable offsets, their settings; and has those who read them look at what moved. Owned by one
// pipeline thread.
#pragma once

#include <cstddef>

#include "config/policy_table.h"
#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/pauses.h"
#include "daemon/pipeline/sight.h"
#include "daemon/pipeline/topic_events.h"
#include "daemon/pipeline/turns.h"
#include "evaluator/observation.h"
#include "evaluator/partition_history.h"

namespace tidemark {

class LogIntake {
 public:
  // All outlive it, but `policies`.
  LogIntake(Books& books, Sight& sight, Turns& turns, TopicEvents& events, Pauses& pauses,
            const PolicyTable& policies);

  void take(TopicsSeen&& seen);
  void take(const LogEndsSeen& seen);
  void take(const TopicSettingsSeen& seen);

  // The topic was created anew at `at` (brokers' clock): what was seen of its logs before is of
  // logs that are no more.
  void recreated(Topic& topic, Instant at);

 private:
  // What a refresh finds changed of a partition's log.
  struct Moved {
    bool start = false;
    bool lso = false;
    bool end = false;
    bool leader = false;
    bool fell = false;  // the log end went back: the log is another
  };

  void take(Topic& topic, const PartitionOffsets& seen, Instant at);
  bool take_end(Topic& topic, TopicPartition& partition, const PartitionOffsets& seen, Instant at);
  void tell(Slot reader, const TopicPartition& partition, const PartitionOffsets& seen,
            const Moved& moved);
  void begin_anew(Slot reader, const TopicPartition& partition);
  void settle(const TopicPartition& partition);

  Books& books_;
  Sight& sight_;
  Turns& turns_;
  TopicEvents& events_;
  Pauses& pauses_;
  const std::size_t burrow_refreshes_;  // log ends kept as they came, per partition
  PartitionHistory history_;            // of the reader that is refreshed; kept for its memory
};

}  // namespace tidemark
