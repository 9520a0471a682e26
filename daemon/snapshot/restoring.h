// Puts what a snapshot kept back into the books of a cluster, before anything is seen of it. Groups
// are shown with the verdicts that they had, as stale, until their records are read up to the end
// again, from the position that is theirs; then they are judged, and what has become of them since
// is told.
//
// Or only what partitions remember (busy gaps, lateness of runs) is taken, by one that is too old
// for the rest: the normal catch-up finds the commits, and what it does not find is gone.
//
// Owned by one pipeline thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/clock_follower.h"
#include "daemon/pipeline/offsets_intake.h"
#include "daemon/pipeline/pauses.h"
#include "daemon/pipeline/sight.h"
#include "daemon/pipeline/standings.h"
#include "daemon/pipeline/topic_events.h"
#include "daemon/snapshot/kept_fields.h"
#include "evaluator/observation.h"
#include "storage/field_reader.h"

namespace tidemark {

// What came of a snapshot.
struct Restored {
  enum class What : std::uint8_t { nothing, remembered, all };
  What what = What::nothing;
  Instant written;  // as this machine's clock showed it
  std::uint64_t groups = 0;
  std::uint64_t group_partitions = 0;
};

class Restoring {
 public:
  // All outlive it.
  Restoring(Books& books, Sight& sight, ClockFollower& clock, TopicEvents& topics,
            OffsetsIntake& offsets, Standings& standings, Turns& turns, Pauses& pauses);

  // The head comes first, and groups last. False: it makes no sense; forget() is to be called.
  bool take_head(std::string_view bytes, Restored::What what);
  bool take(SnapshotPart kind, std::string_view bytes);
  // Nothing is known of the cluster again, once those that are gone are dropped.
  void forget();

  [[nodiscard]] const Restored& outcome() const { return outcome_; }
  [[nodiscard]] const SnapshotHead& head() const { return head_; }
  // Where to go on reading, by offsets partition; −1: at its beginning.
  [[nodiscard]] const std::vector<Offset>& positions() const { return positions_; }

  // False: some of what is remembered is not sorted out yet.
  [[nodiscard]] bool settled() const { return !some_remembered_; }

  // The cluster has said who it is. An answer: why what was restored is to be forgotten.
  std::string check(const TopicsSeen& seen);
  // Before the bounds of the offsets topic are taken: whether the positions are within.
  void check(const CatchUpGoal& goal);
  // The partition is read from its beginning after all.
  void drop(std::int32_t partition);
  // More has been read: what is remembered of groups that are no more is forgotten.
  void look_for_lost();

 private:
  bool take_groups(FieldReader& from);
  bool take_group(FieldReader& from, std::int32_t partition);
  bool take_reading(FieldReader& from, Group& group);
  bool take_slot(FieldReader& from, Group& group, Reading* reading, const KeptPolicy& made_by);
  void put_slot(Slot slot, Reading& reading, const KeptPolicy& made_by);
  bool take_topics(FieldReader& from);
  bool take_sight(FieldReader& from);
  [[nodiscard]] bool all() const { return outcome_.what == Restored::What::all; }

  Books& books_;
  Sight& sight_;
  ClockFollower& clock_;
  TopicEvents& topics_;
  OffsetsIntake& offsets_;
  Standings& standings_;
  Turns& turns_;
  Pauses& pauses_;

  SnapshotHead head_;
  Restored outcome_;
  bool checked_ = false;  // it is the cluster's
  std::vector<Offset> positions_;
  std::size_t starting_ = 0;      // partitions, when it was looked for those that are lost
  bool some_remembered_ = false;  // some groups are `remembered_only`
  KeptSlot slot_;                 // kept for its memory
  std::string key_;
};

}  // namespace tidemark
