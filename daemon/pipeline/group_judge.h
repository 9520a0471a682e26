// Judges one group: its partitions (SlotJudge), rolled up, with what is to be said of the group as
// a whole; out comes its next report. Leaves the report from before in place, so that the two can
// be compared. Owned by one pipeline thread.
#pragma once

#include <memory>

#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/pauses.h"
#include "daemon/pipeline/probes.h"
#include "daemon/pipeline/retention_watch.h"
#include "daemon/pipeline/sight.h"
#include "daemon/pipeline/slot_judge.h"
#include "evaluator/report.h"

namespace tidemark {

class GroupJudge {
 public:
  // All outlive it.
  GroupJudge(Books& books, const Sight& sight, Probes& probes, Pauses& pauses)
      : books_(books), sight_(sight), pauses_(pauses), slots_(books, probes, retention_) {}

  // As of `now`, this machine's clock: as a whole, or only those of its partitions that do not rest
  // (`group.whole`).
  std::shared_ptr<GroupReport> judge(Group& group, Instant now);

  // That there is such a group is all that can be said while its records are still being read: it
  // is judged once that is done, and not again and again on the way there.
  std::shared_ptr<GroupReport> introduce(const Group& group, Instant now);

  // Fills in the traces of a group's windows, by topic and partition, as it was judged last.
  void add_traces(Group& group, Instant broker_now, PartitionWindows& windows);

 private:
  std::shared_ptr<GroupReport> begin_report(const Group& group);
  std::shared_ptr<GroupReport> judge_whole(Group& group, Instant broker_now);
  std::shared_ptr<GroupReport> judge_awake(Group& group, Instant broker_now);
  TopicOfGroup judge_topic(Reading& reading, const GroupReport& report,
                           const Surroundings& of_group);
  void judge_owned(const PartitionSlot& at, const TopicOwnership& owned,
                   const Surroundings& of_group, PartitionReport& out);
  void judge_again(PartitionReport& report, Slot slot, const Surroundings& of_group);

  Books& books_;
  const Sight& sight_;
  Pauses& pauses_;
  RetentionWatch retention_;
  SlotJudge slots_;
};

}  // namespace tidemark
