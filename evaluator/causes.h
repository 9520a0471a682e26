// What find_causes() is made of: the evidence with what several findings ask of it worked out once,
// and one predicate per finding. Pure. Internal to the evaluator.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "evaluator/evidence.h"

namespace tidemark::causes {

// What a topic is written with, in records/s.
struct TopicPace {
  double all = 0;
  double median = 0;  // of its partitions
};

// A partition and where it is found.
struct Located {
  const TopicEvidence* topic = nullptr;
  const PartitionEvidence* partition = nullptr;
  const TopicPace* pace = nullptr;  // null: not known of all partitions
};
using Locations = std::vector<Located>;

// What one member has to do. Of members that are not live all is zero.
struct Load {
  int owned = 0;  // partitions, also never-committed ones if its assignment is known
  int late = 0;
  int well = 0;
  int unsure = 0;                     // neither: not seen afresh, or not known yet
  std::optional<Instant> moved_last;  // when one that advances was last seen to move

  [[nodiscard]] bool keeps_up() const { return well > 0 && late == 0 && unsure == 0; }
};

// Refers to the evidence that it was made from, which must outlive it.
struct Case {
  const GroupEvidence& evidence;
  std::vector<std::optional<TopicPace>> paces;  // by topic
  // Seen afresh, they make the group bad;
  Locations bad;
  // of these: what waits there could be read, but isn't, or not fast enough.
  Locations late;
  Locations well;
  std::vector<Load> loads;   // by member
  bool loads_known = false;  // of every live member
};
Case make_case(const GroupEvidence& evidence);

// The live member that owns it; null: none or not known.
std::optional<std::size_t> owner_of(const GroupEvidence& evidence, const PartitionEvidence& of);
// now − since, at least 0, whatever the two are.
Duration elapsed(Instant now, Instant since);
// Nothing was committed after `at`, but something until shortly before it, or nothing waited
// before.
bool ceased_at(const PartitionEvidence& partition, Instant at, Instant now);
// It is STALLED while its owner goes on elsewhere.
bool is_stuck(const Case& of, const Located& where);
// It is written several times as fast as the median partition of its topic.
bool is_hot(const Case& of, const Located& where);
double rate_of(const Located& where);  // 0 if not known

std::string label(const GroupEvidence& evidence, std::size_t member);  // "payments-3"
std::string label_with_host(const GroupEvidence& evidence, std::size_t member);
std::string since_clock(const GroupEvidence& evidence, Instant since);  // "since 02:14 UTC"

using Findings = std::vector<Finding>;
using Predicate = Findings (*)(const Case&);

Findings monitor_blind(const Case& of);
Findings hanging_transaction(const Case& of);
Findings no_members(const Case& of);
Findings member_lost(const Case& of);
Findings one_member(const Case& of);
Findings one_host(const Case& of);
Findings stuck_record(const Case& of);
Findings one_broker(const Case& of);
Findings whole_topic(const Case& of);
Findings rebalance_loop(const Case& of);
Findings hot_partition(const Case& of);
Findings lopsided_assignment(const Case& of);
Findings producer_burst(const Case& of);
Findings consumer_slower(const Case& of);

}  // namespace tidemark::causes
