// Judges one slot: its window and its surroundings in, its partition's part of a report out; what
// is doubtful is looked at first (Probes). Writes into the slot what its next verdict needs of this
// one, and into its group when to look again. Owned by one pipeline thread.
#pragma once

#include "daemon/pipeline/books.h"
#include "daemon/pipeline/probes.h"
#include "daemon/pipeline/retention_watch.h"
#include "evaluator/partition_history.h"
#include "evaluator/report.h"
#include "evaluator/rules.h"

namespace tidemark {

class SlotJudge {
 public:
  // All three outlive it.
  SlotJudge(Books& books, Probes& probes, RetentionWatch& retention)
      : books_(books), probes_(probes), retention_(retention) {}

  // What the rules look up themselves is put into `around`. Fills in `out`, but for the owner.
  void judge(Slot slot, Surroundings& around, PartitionReport& out);
  // How its verdict comes about, rule by rule. Changes nothing of the slot.
  Trace trace(Slot slot, const Surroundings& around);

 private:
  PartitionVerdict apply_rules(Slot slot, Surroundings& around, Trace* trace);
  PartitionVerdict apply_tidemark_rules(const SlotInfo& of, Surroundings& around, Trace* trace);
  PartitionVerdict apply_burrow_rules(Slot slot, const Surroundings& around, Trace* trace);
  Grounds why(Slot slot, const Surroundings& around, const PartitionVerdict& verdict);
  static void remember(SlotInfo& of, const PartitionVerdict& verdict);
  void report(const SlotInfo& of, const PartitionVerdict& verdict, PartitionReport& out) const;

  Books& books_;
  Probes& probes_;
  RetentionWatch& retention_;
  PartitionHistory history_;  // of the slot that is being judged; kept for its memory
};

}  // namespace tidemark
