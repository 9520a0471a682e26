// What the values of a pipeline are made of, for FieldWriter and FieldReader: as a snapshot keeps
// them. The group that a record was of is not kept with each, it stands before them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/pipeline/group.h"
#include "evaluator/observation.h"
#include "evaluator/policy.h"
#include "evaluator/verdict.h"
#include "storage/history_fields.h"

namespace tidemark {

constexpr GroupKind last_of(GroupKind) { return GroupKind::streams; }
constexpr GroupStatus last_of(GroupStatus) { return GroupStatus::unknown; }
constexpr PartitionStatus last_of(PartitionStatus) { return PartitionStatus::not_found; }
constexpr Probe last_of(Probe) { return Probe::end; }

// --- records of groups
// -----------------------------------------------------------------------------

template <class Visit, Fields<ClassicMember> T>
void fields(Visit& visit, T& value) {
  visit(value.member_id, value.instance_id, value.client_id, value.client_host, value.subscribed,
        value.subscription_known, value.assigned, value.assignment_known);
}

template <class Visit, Fields<ClassicGroupSeen> T>
void fields(Visit& visit, T& value) {
  visit(value.protocol_type, value.generation, value.protocol, value.leader, value.state_since,
        value.members);
}

template <class Visit, Fields<ModernMemberSeen> T>
void fields(Visit& visit, T& value) {
  visit(value.member_id, value.instance_id, value.client_id, value.client_host, value.subscribed,
        value.subscribed_regex, value.kind);
}

template <class Visit, Fields<AssignedById> T>
void fields(Visit& visit, T& value) {
  visit(value.topic, value.partitions);
}

template <class Visit, Fields<AssignedTasks> T>
void fields(Visit& visit, T& value) {
  visit(value.subtopology, value.partitions);
}

template <class Visit, Fields<ModernAssignmentSeen> T>
void fields(Visit& visit, T& value) {
  visit(value.member_id, value.member_epoch, value.assigned, value.tasks, value.kind);
}

template <class Visit, Fields<StreamsTopologySeen::Subtopology> T>
void fields(Visit& visit, T& value) {
  visit(value.id, value.topics, value.by_regex);
}

template <class Visit, Fields<StreamsTopologySeen> T>
void fields(Visit& visit, T& value) {
  visit(value.subtopologies);
}

template <class Visit, Fields<Departure> T>
void fields(Visit& visit, T& value) {
  visit(value.identity, value.member_id, value.name, value.host, value.at, value.owned);
}

// --- topics
// -----------------------------------------------------------------------------

template <class Visit, Fields<TopicSettings> T>
void fields(Visit& visit, T& value) {
  visit(value.retention, value.retention_bytes);
  visit.flags(value.deletes, value.compacts, value.log_append_time);
}

template <class Visit, Fields<TopicPartition> T>
void fields(Visit& visit, T& value) {
  visit(value.history, value.recent, value.end, value.start, value.lso, value.lso_since,
        value.released, value.leader, value.starts, value.read_at, value.unread_since);
}

// Its name stands before it.
template <class Visit, Fields<Topic> T>
void fields(Visit& visit, T& value) {
  visit(value.listed, value.partitions, value.id, value.id_from, value.settings, value.unread_since,
        value.unread_reported);
}

// --- groups
// -----------------------------------------------------------------------------

template <class Visit, Fields<Standing> T>
void fields(Visit& visit, T& value) {
  visit(value.well, value.brokers, value.bad_brokers, value.bad_topics, value.blind);
}

// What its records told, and what was told of it. Its name stands before it, its partitions behind.
template <class Visit, Fields<Group> T>
void fields(Visit& visit, T& value) {
  visit.flags(value.news.from_start, value.news.learnt);
  visit(value.membership, value.generations, value.read, value.arrivals, value.standing);
}

// The verdict that a group had.
struct KeptVerdict {
  struct Loss {
    PartitionId partition;
    std::int64_t lost = 0;

    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
      visit(self.partition, self.lost);
    }
  };
  GroupStatus status = GroupStatus::unknown;
  Instant since;  // this machine's clock
  Conditions conditions;
  std::vector<std::pair<TopicName, std::vector<Loss>>> losses;

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.status, self.since, self.conditions, self.losses);
  }
};

// By what of its policy a group's histories in one topic were made.
struct KeptPolicy {
  std::int64_t allowed_lag = 0;
  bool burrow = false;
  friend bool operator==(const KeptPolicy&, const KeptPolicy&) = default;

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.allowed_lag, self.burrow);
  }
};

// One slot. Its key begins as the key before it.
struct KeptSlot {
  PartitionId partition;
  std::uint32_t key_shared = 0;  // so many bytes,
  std::string key_rest;          // and these
  PartitionStatus previous = PartitionStatus::unknown;
  Probe probe = Probe::none;
  bool probe_failed = false;
  bool judged = false;
  bool warned = false;
  bool learning = false;
  bool dead_at_first = false;
  std::optional<Offset> end_at_commit;
  std::optional<Instant> log_end_at;  // the newest refresh that its history knows of
  PartitionHistory history;
  std::optional<BurrowHistory> burrow;

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    bool burrow = self.burrow.has_value();
    visit.flags(self.probe_failed, self.judged, self.warned, burrow, self.learning,
                self.dead_at_first);
    visit(self.partition, self.key_shared, self.key_rest, self.previous, self.probe,
          self.log_end_at, self.history, self.end_at_commit);
    if (burrow) {
      if constexpr (Visit::reads) self.burrow.emplace();
      visit(*self.burrow);
    } else if constexpr (Visit::reads) {
      self.burrow.reset();
    }
  }
};

// What stands before all else.
struct SnapshotHead {
  std::string cluster;
  std::string cluster_id;
  std::string bootstrap;
  Instant written;  // as this machine's clock showed it
  std::int32_t offsets_partitions = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.cluster, self.cluster_id, self.bootstrap, self.written, self.offsets_partitions);
  }
};

// The kinds of parts, in the order in which they are written.
enum class SnapshotPart : std::uint8_t {
  head = 1,
  groups = 2,  // some of one offsets partition, with the position up to which its records are in it
  topics = 3,  // some
  sight = 4,   // the brokers' clock, names of topics
};

}  // namespace tidemark
