// Probe before accusing: when a partition's first unread record is looked at, what waits for it,
// and what the answer changes. Owned by one pipeline thread; instants are on the brokers' clock.
#pragma once

#include <utility>
#include <vector>

#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/probe_desk.h"
#include "daemon/pipeline/turns.h"
#include "evaluator/observation.h"
#include "evaluator/partition_history.h"
#include "evaluator/report.h"
#include "evaluator/rules.h"

namespace tidemark {

class Probes {
 public:
  // Both outlive it.
  Probes(Books& books, Turns& turns)
      : books_(books), turns_(turns), desk_(books.settings.cluster) {}

  // What a look at a fresh verdict came to.
  struct Look {
    bool judge_again = false;  // with the history and the surroundings as they are now
    bool unsettled = false;    // a question must wait, so the slot may not rest
  };
  // A slot was judged by its `history`: asks about its first unread record where that helps, and
  // takes what is known of it into `history` and `around`. `look`: a fresh one.
  void look_first(Slot slot, const PartitionVerdict& verdict, PartitionHistory& history,
                  Surroundings& around, Look& look);

  // The instant that answers are dated by, until the next tick.
  void begin_tick(Instant broker_now) { now_ = broker_now; }
  // An answer. Those it speaks of are judged at the next tick.
  void apply(const ProbeSeen& seen);

  // What to ask the collector for now; each question is to be answered, or put back.
  std::vector<ProbeQuestion> take();
  void put_back(const ProbeQuestion& question) { desk_.put_back(question); }
  // True once after an answer that a verdict has waited for.
  bool take_released() { return std::exchange(released_, false); }

  // How many were asked, and what became of them.
  void tell(ClusterHealth& health) const;

 private:
  bool want(Slot slot, const PartitionVerdict& verdict, PartitionHistory& history, Instant now,
            Look& look);
  bool take_known_answer(Slot slot, TopicPartition& partition, Offset from,
                         PartitionHistory& history);
  bool is_at(Slot reader, const TopicPartition& partition, Offset from);
  void note_answer(Slot slot, TopicPartition& partition, const ProbeSeen& seen,
                   PartitionHistory& history);
  bool still_wanted(const ProbeQuestion& question);
  TopicPartition* find(const ProbeQuestion& question);

  Books& books_;
  Turns& turns_;
  ProbeDesk desk_;
  Instant now_;
  bool released_ = false;
  PartitionHistory reader_;  // of the one that is looked at; kept for its memory
  PartitionHistory other_;   // of another group at the same place; likewise
};

}  // namespace tidemark
