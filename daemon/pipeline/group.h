// What is known of one consumer group and of each partition that it has committed to. Plain values
// in the Books of its cluster, owned by one pipeline thread. Instants are on the brokers' clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/shared_list.h"
#include "core/time.h"
#include "daemon/pipeline/group_events.h"
#include "daemon/pipeline/member_log.h"
#include "daemon/pipeline/membership.h"
#include "daemon/pipeline/neighbours.h"
#include "daemon/pipeline/pace_log.h"
#include "daemon/pipeline/topic_table.h"
#include "evaluator/report.h"
#include "storage/window_store.h"

namespace tidemark {

struct Group;

struct PartitionSlot {
  std::int32_t partition = 0;
  Slot slot{};
};

// What a group has committed of one topic.
struct Reading {
  Group* group = nullptr;
  Topic* topic = nullptr;
  const Policy* policy = nullptr;
  std::vector<PartitionSlot> slots;  // by partition
  // As of the members that the group was judged by as a whole.
  bool subscribed = false;
  bool ownership_sure = true;
};

struct Group {
  static constexpr std::size_t unplaced = static_cast<std::size_t>(-1);

  std::string name;

  // What its records tell (OffsetsIntake).
  Membership membership;
  GenerationLog generations;
  PaceLog read;
  std::map<std::string, Reading, std::less<>> readings;  // by topic

  // As it was judged last (GroupJudge).
  std::shared_ptr<const GroupReport> report;
  SharedList<MemberReport> members;
  bool members_known = false;  // what its records tell is in `members`
  bool has_sentences = false;  // some partition's explanation holds numbers that age

  // When and how it is judged next (Turns).
  std::size_t place = unplaced;       // among the turns
  bool dirty = true;                  // something changed since it was judged,
  bool whole = true;                  // and that may touch any of its partitions
  std::vector<Slot> awake;            // its slots that do not rest
  std::optional<Instant> due;         // when to judge it anew, as the next
  std::optional<Instant> stale_from;  // unless what it was judged by is refreshed

  // What is told of it (GroupEvents, Standings, Explainer).
  GroupNews news;
  MemberLog arrivals;
  Standing standing;
  Instant diagnosed_at;
  // As it was told of last before a restart, until it is judged again by all that came since.
  std::shared_ptr<const GroupReport> before_restart;
  // Nothing else is kept of it than what its partitions remember; those without a commit once its
  // records are read are gone.
  bool remembered_only = false;
  std::shared_ptr<GroupReport> unpublished;  // its report, while nobody else has seen it

  // Where its records are, of so many (Sight).
  std::int32_t offsets_partition = 0;
  std::int32_t offsets_partitions = -1;

  // To be judged at `at`, or earlier if that is known already.
  void note_due(Instant at) {
    if (!due || at < *due) due = at;
  }
  // Its view is stale from `at` on, or earlier.
  void note_stale_from(Instant at) {
    if (!stale_from || at < *stale_from) stale_from = at;
  }
};

// What a probe has told of the position where a slot is.
enum class Probe : std::uint8_t {
  none,
  asked,
  record,  // that a record is there
  end,     // that nothing readable is, yet
};

// Brokers accept commits for partitions that exist only; a damaged record may name any.
inline bool is_plausible(PartitionId partition) { return partition.get() <= 500'000; }

// One slot: a partition as one group reads it, beside its window. Small on purpose: there may be a
// million of them.
struct SlotInfo {
  Reading* reading = nullptr;  // null: left out by policy
  Offset end_at_commit;        // the log end at the first refresh at or after the newest commit
  PartitionId partition;
  std::uint32_t held_from = 0;  // seconds since the epoch: an accusation waits for its probe
  PartitionStatus previous = PartitionStatus::unknown;
  Probe probe = Probe::none;
  bool probe_failed = false;
  bool held = false;  // that accusation still waits
  bool judged : 1 = false;
  bool warned : 1 = false;  // it made its group WARNING when last judged
  // A move waits for the next refresh, or the commit is beyond the log end.
  bool watch : 1 = false;
  bool end_at_commit_known : 1 = false;
  bool rests : 1 = false;      // see turns.h
  bool refreshed : 1 = false;  // its log end was, and its history does not know: see slots.h
  bool waiting : 1 = false;    // nor does it know of commits that came after that
  bool learning : 1 = false;   // as it was judged last, see learning.h
  bool dead_at_first : 1 = false;

  [[nodiscard]] bool settled() const { return !refreshed && !waiting; }

  // The partition, as its topic knows it. Not for one that is left out.
  [[nodiscard]] TopicPartition& at() const {
    return TopicTable::partition(*reading->topic, partition);
  }

  // The position has moved: nothing is known of the new one.
  void forget_probe() {
    held_from = 0;
    probe = Probe::none;
    probe_failed = held = false;
  }
};

}  // namespace tidemark
