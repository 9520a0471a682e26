// Explains groups in trouble: some at each tick, so that a tick stays short however many there are.
#include <utility>

#include "daemon/pipeline/cluster_state.h"
#include "daemon/pipeline/same_diagnosis.h"

namespace tidemark {
namespace {

// Each takes one or two microseconds.
constexpr std::size_t partitions_per_tick = 4'000;
// A report that is not made anew is looked at again so many refreshes later: what others do and how
// time goes by may change what is to be said.
constexpr int idle_refreshes = 6;

bool in_trouble(const GroupReport& report) {
  return report.status != GroupStatus::ok || report.stale || report.conditions != Conditions{} ||
         report.reason == Reason::catching_up || report.reason == Reason::falling_behind;
}

bool same_trouble(const GroupReport& a, const GroupReport& b) {
  return a.status == b.status && a.reason == b.reason && a.stale == b.stale;
}

}  // namespace

// Until its turn comes a report goes on telling what was found before, if it is the same trouble.
void ClusterState::want_diagnosis(Group& group, const std::shared_ptr<GroupReport>& next) {
  const bool starting = freshness_.starting(offsets_partition(group));
  group.unpublished = next;
  unpublished_.push_back(&group);
  if (starting || !in_trouble(*next)) {
    diagnoses_.forget(group.name);
    return;
  }
  const bool known = group.report && group.report->diagnosis && same_trouble(*group.report, *next);
  if (known) next->diagnosis = group.report->diagnosis;
  diagnoses_.want(group.name, known ? group.diagnosed_at + settings_.refresh : Instant::min());
}

void ClusterState::diagnose_some(Instant broker_now) {
  const std::size_t limit = speeds_.worked_out() + partitions_per_tick;
  std::size_t looked_at = 0;
  while (looked_at + speeds_.worked_out() < limit) {
    const auto name = diagnoses_.take(broker_now);
    if (!name) break;
    const auto found = groups_.find(*name);
    if (found == groups_.end()) continue;
    Group& group = found->second;
    diagnose(group, broker_now);
    looked_at += 1 + static_cast<std::size_t>(group.report->partition_count);
    group.diagnosed_at = broker_now;
    diagnoses_.want(*name, broker_now + idle_refreshes * settings_.refresh);
  }
  seen_by_others();
}

// From here on reports are not changed any more.
void ClusterState::seen_by_others() {
  for (Group* group : unpublished_) group->unpublished.reset();
  unpublished_.clear();
}

void ClusterState::diagnose(Group& group, Instant broker_now) {
  const GroupEvidence evidence = gather(group, broker_now);
  auto found = std::make_shared<Diagnosis>();
  found->findings = find_causes(evidence);
  found->forecast = forecast(evidence);
  const auto& before = group.report->diagnosis;
  if (before && same_diagnosis(*before, *found)) return;
  if (group.unpublished) {
    group.unpublished->diagnosis = std::move(found);
    return;
  }
  auto next = std::make_shared<GroupReport>(*group.report);
  next->diagnosis = std::move(found);
  group.report = std::move(next);
  show(group);
}

}  // namespace tidemark
