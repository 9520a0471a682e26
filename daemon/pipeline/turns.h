// Whose turn it is at a tick: which groups are looked at, and how much of each is judged anew.
//
// A slot rests when nothing but a change of what it is judged by, or an instant that its group
// knows of (`due`, `stale_from`), can make another verdict of it: it is read up to what its policy
// allows or on its way there, our view is fresh, nothing is asked of the brokers. What changes
// wakes it, and is judged at the next tick; the rest of its group's report is copied.
//
// Owned by one pipeline thread.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/chunk_list.h"
#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/pauses.h"
#include "daemon/pipeline/sight.h"
#include "evaluator/report.h"

namespace tidemark {

class Turns {
 public:
  // All three outlive it.
  Turns(Books& books, const Sight& sight, Pauses& pauses)
      : books_(books), sight_(sight), pauses_(pauses) {}

  // What it is judged by has changed: of one slot; of a group by itself; of all its partitions.
  void wake(Slot slot);
  void wake(Group& group);
  void wake_whole(Group& group);
  void wake_all();
  // All that read the topic, as wholes: it has grown.
  void wake_readers(const Topic& topic);
  // One came or went since the last tick.
  void groups_changed() { ordered_ = false; }

  // Calls `judge` with each group that is to be judged at a tick; it leaves a report in the group.
  void each_due(Instant now, const std::function<void(Group&)>& judge);
  // Whether the group is to be judged now; as a whole (`group.whole`) where not only what changed
  // is to be looked at. `now` is this machine's clock.
  bool due(Group& group, Instant now);

  // The group has a new report: in the list of all of them, by name.
  void show(Group& group);
  // That list, as of the last tick.
  [[nodiscard]] GroupList reports() { return reports_.publish(); }
  // The names of its groups: the same value as long as none came or went.
  [[nodiscard]] const std::shared_ptr<const GroupNames>& names() const { return names_; }
  // What they are sorted by, kept from one list to the next.
  [[nodiscard]] const std::shared_ptr<const GroupTable>& table() const { return table_; }

 private:
  // When a group is to be looked at next (brokers' clock).
  struct Turn {
    Instant at;
    Group* group = nullptr;
  };

  void order();
  [[nodiscard]] bool most_due(Instant broker_now) const;
  static Instant next(const Group& group);
  bool still_fresh(Group& group, Instant broker_now);

  Books& books_;
  const Sight& sight_;
  Pauses& pauses_;
  std::vector<Turn> turns_;                                 // of the groups, by name,
  ChunkDraft<std::shared_ptr<const GroupReport>> reports_;  // their reports
  std::shared_ptr<const GroupNames> names_ = std::make_shared<GroupNames>();  // and names,
  std::shared_ptr<const GroupTable> table_ = std::make_shared<GroupTable>();  // and columns;
  bool ordered_ = true;  // unless some came or went since
};

}  // namespace tidemark
