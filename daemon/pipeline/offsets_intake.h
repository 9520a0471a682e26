// Takes what the offsets topic tells into the books: commits and group records, and the start
// offsets of share groups, which come as commits. Owned by one pipeline thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/log_intake.h"
#include "daemon/pipeline/pauses.h"
#include "daemon/pipeline/share_state.h"
#include "daemon/pipeline/sight.h"
#include "daemon/pipeline/topic_events.h"
#include "daemon/pipeline/turns.h"
#include "evaluator/observation.h"
#include "evaluator/report.h"

namespace tidemark {

class OffsetsIntake {
 public:
  // All outlive it.
  OffsetsIntake(Books& books, Sight& sight, Turns& turns, LogIntake& logs, TopicEvents& events,
                Pauses& pauses)
      : books_(books),
        sight_(sight),
        turns_(turns),
        logs_(logs),
        events_(events),
        pauses_(pauses) {}

  // Its commits and group records, in their order; how far it is read is not taken.
  void take(OffsetsBatch& batch);
  void take(ShareStateBatch&& batch);

  // All that is known of a group, which may be gone then,
  void drop(Group& group);
  // or only those of its partitions of which no commit is.
  void drop_uncommitted(Group& group);

  // Groups of which nothing stands any more, for who drops them. Only once a whole batch is taken:
  // a change of protocol ends a group's old life before it begins the new one.
  std::vector<std::string> take_gone();

  // Commits that were left out, for no such partition can exist.
  void tell(ClusterHealth& health) const;

 private:
  void look_ahead(const std::vector<CommitSeen>& commits, std::size_t from);
  void take(const CommitSeen& commit, std::optional<Slot> slot);  // null: it has none yet
  void take(GroupRecord&& record, Instant received_at);
  void take_pace(SlotInfo& of, Slot slot, const CommitSeen& commit);
  void take_burrow(Slot slot, const CommitSeen& commit);
  void take_share_commits(const std::vector<ShareCommit>& commits);
  void note_topic_id(Topic& topic, const CommitSeen& commit);

  Group& find_or_add_group(std::string_view name);
  Reading* find_or_add_reading(const CommitSeen& commit);
  Slot add_slot(const CommitSeen& commit);
  void forget_slot(Slot slot);
  void forget_share_state(Group& group);
  template <class Which>
  void forget_slots(Group& group, Which which);
  bool is_old(const ShareCommit& commit) const;

  Books& books_;
  Sight& sight_;
  Turns& turns_;
  LogIntake& logs_;
  TopicEvents& events_;
  Pauses& pauses_;
  std::array<std::optional<Slot>, Slots::at_once> found_;  // of the next commits of a batch,
  std::uint64_t found_as_of_ = 0;                          // while no slot came or went
  std::vector<std::string> doubtful_;                      // groups that may be gone
  std::uint64_t implausible_ = 0;
};

}  // namespace tidemark
