// What a judgement says about a group beside its verdict: who came and went, and what the group
// adds to the trouble of others. Owned by one pipeline thread; instants are on the brokers' clock.
#pragma once

#include <string>

#include "core/time.h"
#include "daemon/pipeline/group.h"
#include "daemon/pipeline/neighbours.h"
#include "daemon/pipeline/sight.h"
#include "evaluator/report.h"

namespace tidemark {

class Standings {
 public:
  // `sight` outlives it. `refresh`: of log ends.
  Standings(const Sight& sight, Duration refresh) : sight_(sight), refresh_(refresh) {}

  // A group was judged, and `next` is to follow its report.
  void note(Group& group, const GroupReport& next, Instant broker_now);
  // A group has its standing from before a restart.
  void take_up(const Group& group) { neighbours_.change({}, group.standing); }
  // A group leaves: its trouble is nobody's any more.
  void forget(Group& group);

  // Of all groups, as of their last judgements.
  [[nodiscard]] const Neighbours& neighbours() const { return neighbours_; }

 private:
  void note_members(Group& group, const GroupReport& next, Instant broker_now) const;
  void add_topic(const Group& group, const TopicOfGroup& judged, Instant broker_now,
                 Standing& to) const;
  [[nodiscard]] std::string blind_for(Group& group, const GroupReport& next,
                                      Instant broker_now) const;

  const Sight& sight_;
  const Duration refresh_;
  Neighbours neighbours_;
};

// It is ERROR or WARNING by itself.
bool is_bad(const PartitionReport& partition);

}  // namespace tidemark
