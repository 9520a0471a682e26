#include "daemon/pipeline/cluster_state.h"

#include <utility>

#include "core/log.h"

namespace tidemark {

ClusterState::ClusterState(ClusterStateSettings settings, const PolicyTable& policies)
    : books_(std::move(settings), policies),
      events_(books_.settings.cluster, books_.settings.refresh),
      turns_(books_, sight_, pauses_),
      logs_(books_, sight_, turns_, events_.topics, pauses_, policies),
      offsets_(books_, sight_, turns_, logs_, events_.topics, pauses_),
      clock_(books_, sight_, turns_),
      probes_(books_, turns_),
      judge_(books_, sight_, probes_, pauses_),
      standings_(sight_, books_.settings.refresh),
      explainer_(books_, sight_, standings_.neighbours(), turns_, pauses_),
      lookout_(books_, sight_, events_, pauses_),
      shown_(books_),
      saving_(books_, sight_, events_.topics, pauses_),
      restoring_(books_, sight_, clock_, events_.topics, offsets_, standings_, turns_, pauses_) {}

void ClusterState::apply(TopicsSeen&& seen) {
  const std::string refused = restoring_.check(seen);
  if (!refused.empty()) {
    log::warn("cluster {}: the snapshot is refused: {}", books_.settings.cluster, refused);
    forget_restored();
  }
  logs_.take(std::move(seen));
}

void ClusterState::forget_restored() {
  restoring_.forget();
  drop_those_gone();
}

void ClusterState::apply(CatchUpGoal&& goal) {
  restoring_.check(goal);
  sight_.offsets.goal(goal);
  restoring_.look_for_lost();
  drop_those_gone();
}

void ClusterState::apply(OffsetsBatch&& batch) {
  for (const std::int32_t partition : batch.begun_anew) restoring_.drop(partition);
  clock_.see(batch);
  offsets_.take(batch);
  drop_those_gone();
  for (const OffsetsPosition& at : batch.positions) sight_.offsets.position(at);
  restoring_.look_for_lost();
  drop_those_gone();
}

void ClusterState::apply(ShareStateBatch&& batch) {
  offsets_.take(std::move(batch));
  drop_those_gone();
}

void ClusterState::drop_those_gone() {
  for (const std::string& name : offsets_.take_gone()) {
    Group* group = books_.find_group(name);
    if (group == nullptr) continue;  // named twice
    if (!sight_.starting(*group)) events_.groups.gone(group->news, group->report);
    standings_.forget(*group);
    explainer_.forget(name);
    turns_.groups_changed();
    ++books_.group_changes;
    books_.groups.erase(name);
  }
}

bool ClusterState::forget_group(std::string_view name, const std::string& author, Instant now) {
  Group* group = books_.find_group(name);
  if (group == nullptr) return false;
  events_.groups.forgotten(group->news, group->name, group->report.get(), author, now);
  offsets_.drop(*group);
  drop_those_gone();
  return true;
}

std::shared_ptr<ClusterReport> ClusterState::tick(Instant now) {
  const Instant broker_now = sight_.broker_time(now);
  probes_.begin_tick(broker_now);
  events_.topics.look(now);
  turns_.each_due(now, [&](Group& group) { judge(group, now); });
  explainer_.explain_some(broker_now);

  auto report = std::make_shared<ClusterReport>();
  report->cluster = ClusterName{books_.settings.cluster};
  report->cluster_id = books_.cluster_id;
  report->bootstrap = books_.settings.bootstrap;
  report->brokers = books_.brokers;
  report->as_of = now;
  report->as_of_broker = broker_now;
  report->sequence = ++sequence_;
  report->groups = turns_.reports();
  report->names = turns_.names();
  report->table = turns_.table();
  lookout_.take_census(*report, now);
  report->topics = books_.topics.reports();
  report->health = health(now);
  lookout_.look(*report, now);
  return report;
}

// Judges a group, and tells all who want to know.
void ClusterState::judge(Group& group, Instant now) {
  const bool starting = sight_.starting(group);
  const bool introduced = !group.report && starting;
  auto report = introduced ? judge_.introduce(group, now) : judge_.judge(group, now);
  tell(group, *report, starting, now);
  if (!introduced) {
    standings_.note(group, *report, sight_.broker_time(now));
    explainer_.want(group, report);
    group.dirty = group.whole = false;
  }
  group.report = std::move(report);
  turns_.show(group);
}

// A restart is no news: what came of the group since the verdict before it is told once all is
// read.
void ClusterState::tell(Group& group, GroupReport& report, bool starting, Instant now) {
  if (!group.before_restart) {
    events_.groups.judged(group.news, group.report.get(), report, starting, now);
    return;
  }
  const GroupReport& before = *group.before_restart;
  if (report.status == before.status) report.status_since = before.status_since;
  if (starting) return;
  events_.groups.judged(group.news, &before, report, false, now);
  group.before_restart.reset();
}

ClusterHealth ClusterState::health(Instant now) const {
  ClusterHealth out;
  sight_.tell(out, now, books_.settings.refresh);
  probes_.tell(out);
  offsets_.tell(out);
  return out;
}

Result<GroupDetail> ClusterState::detail(std::string_view name, bool trace, Instant now) {
  Group* group = books_.find_group(name);
  if (group == nullptr) {
    return Error{"cluster " + books_.settings.cluster + " has no group \"" + std::string(name) +
                 "\""};
  }
  GroupDetail out;
  if (trace) {
    if (turns_.due(*group, now)) judge(*group, now);
    explainer_.publish();
    out.report = group->report;
  }
  out.windows = shown_.of(*group);
  if (trace) judge_.add_traces(*group, sight_.broker_time(now), out.windows);
  return out;
}

std::optional<GroupEvidence> ClusterState::evidence(std::string_view name, Instant now) {
  Group* group = books_.find_group(name);
  if (group == nullptr) return std::nullopt;
  if (turns_.due(*group, now)) judge(*group, now);
  explainer_.publish();
  return explainer_.evidence(*group, sight_.broker_time(now));
}

}  // namespace tidemark
