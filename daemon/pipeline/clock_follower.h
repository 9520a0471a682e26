// Sees the brokers' clock by the commits that come, and moves what was placed by a wrong one. Owned
// by one pipeline thread.
#pragma once

#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/sight.h"
#include "daemon/pipeline/turns.h"
#include "evaluator/observation.h"
#include "evaluator/partition_history.h"

namespace tidemark {

class ClockFollower {
 public:
  // All three outlive it.
  ClockFollower(Books& books, Sight& sight, Turns& turns)
      : books_(books), sight_(sight), turns_(turns) {}

  // Before the batch itself is taken.
  void see(const OffsetsBatch& batch);
  // What is in the books was placed by the shift that is known now.
  void take_up() { followed_ = sight_.clock.get(); }

 private:
  void follow();

  Books& books_;
  Sight& sight_;
  Turns& turns_;
  Duration followed_{0};      // the shift that log ends and waits are placed by
  PartitionHistory history_;  // of the slot that is moved; kept for its memory
};

}  // namespace tidemark
