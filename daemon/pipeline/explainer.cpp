#include "daemon/pipeline/explainer.h"

#include <utility>

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
void Explainer::want(Group& group, const std::shared_ptr<GroupReport>& next) {
  group.unpublished = next;
  unpublished_.push_back(&group);
  if (sight_.starting(group) || !in_trouble(*next)) {
    // Who was well before waits for no diagnosis.
    if (!group.report || in_trouble(*group.report)) queue_.forget(group.name);
    return;
  }
  const bool known = group.report && group.report->diagnosis && same_trouble(*group.report, *next);
  if (known) next->diagnosis = group.report->diagnosis;
  queue_.want(group.name, known ? group.diagnosed_at + books_.settings.refresh : Instant::min());
}

void Explainer::explain_some(Instant broker_now) {
  const std::size_t limit = gatherer_.speeds_worked_out() + partitions_per_tick;
  std::size_t looked_at = 0;
  while (looked_at + gatherer_.speeds_worked_out() < limit) {
    const auto name = queue_.take(broker_now);
    if (!name) break;
    Group* group = books_.find_group(*name);
    if (group == nullptr) continue;
    explain(*group, broker_now);
    const std::size_t looked_at_now = 1 + static_cast<std::size_t>(group->report->partition_count);
    looked_at += looked_at_now;
    pauses_.worked(looked_at_now);
    group->diagnosed_at = broker_now;
    queue_.want(*name, broker_now + idle_refreshes * books_.settings.refresh);
  }
  publish();
}

void Explainer::publish() {
  for (Group* group : unpublished_) group->unpublished.reset();
  unpublished_.clear();
}

void Explainer::explain(Group& group, Instant broker_now) {
  const GroupEvidence evidence = gatherer_.gather(group, broker_now);
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
  turns_.show(group);
}

}  // namespace tidemark
