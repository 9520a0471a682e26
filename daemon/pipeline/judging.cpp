// The tick: judges what changed or came due, and makes the report.
#include <algorithm>
#include <utility>

#include "collectors/record.h"
#include "daemon/pipeline/cluster_state.h"

namespace tidemark {
namespace {

constexpr int stale_refreshes = 3;

PartitionReport padding(std::int32_t partition, std::int16_t owner) {
  PartitionReport out;
  out.partition = PartitionId{partition};
  out.owner = owner;
  return out;
}

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

// As the newest log end at or before the commit shows it.
std::optional<std::int64_t> lag_at(const CommitSample& sample, const LogEndHistory& ends) {
  const auto end = ends.end_at(sample.at);
  if (!end) return std::nullopt;
  return std::max<std::int64_t>(0, *end - sample.offset);
}

TopicOfGroup* find_topic(GroupReport& report, std::string_view name) {
  return &*std::lower_bound(
      report.topics.begin(), report.topics.end(), name,
      [](const TopicOfGroup& each, std::string_view wanted) { return each.topic.get() < wanted; });
}

PartitionReport* find_partition(TopicOfGroup& topic, PartitionId partition) {
  const auto place = static_cast<std::size_t>(partition.get());
  if (place < topic.partitions.size() && topic.partitions[place].partition == partition) {
    return &topic.partitions[place];
  }
  return &*std::lower_bound(
      topic.partitions.begin(), topic.partitions.end(), partition,
      [](const PartitionReport& each, PartitionId wanted) { return each.partition < wanted; });
}

void append_facts(GroupReport& report, std::optional<bool> has_members) {
  if (report.status == GroupStatus::ok) return;
  if (has_members.has_value() && !*has_members) report.explanation += "; the group has no members";
  if (report.conditions.has(Condition::rebalancing)) {
    report.explanation += "; it rebalances again and again";
  }
}

}  // namespace

std::int32_t ClusterState::offsets_partition(Group& group) const {
  if (group.offsets_partitions != freshness_.partitions()) {
    group.offsets_partitions = freshness_.partitions();
    group.offsets_partition = offsets_partition_of(group.name, group.offsets_partitions);
  }
  return group.offsets_partition;
}

std::shared_ptr<ClusterReport> ClusterState::tick(Instant now) {
  std::int32_t starting = 0;
  for (std::int32_t p = 0; p < freshness_.partitions(); ++p) starting += freshness_.starting(p);
  broker_now_ = now - shift_.get();
  starting_ = starting;
  events_.topics.look(now);

  auto report = std::make_shared<ClusterReport>();
  order_groups();
  judge_those_due(now);
  report->cluster = ClusterName{settings_.cluster};
  report->cluster_id = cluster_id_;
  report->bootstrap = settings_.bootstrap;
  report->brokers = brokers_;
  report->as_of = now;
  report->as_of_broker = now - shift_.get();
  report->sequence = ++sequence_;
  diagnose_some(report->as_of_broker);
  report->groups = reports_.publish();
  take_census(*report, now);
  report->topics = topics_.reports();
  report->health = health(now);
  note_events(*report, now);
  return report;
}

void ClusterState::note_events(ClusterReport& report, Instant now) {
  events_.groups.look(now);
  SightEvents::Partitions starting;
  for (std::int32_t p = 0; starting_ > 0 && p < freshness_.partitions(); ++p) {
    if (freshness_.starting(p)) starting.push_back(p);
  }
  const auto groups_in = [&](const SightEvents::Partitions& partitions) {
    return static_cast<std::size_t>(std::count_if(groups_.begin(), groups_.end(), [&](auto& each) {
      return std::binary_search(partitions.begin(), partitions.end(),
                                offsets_partition(each.second));
    }));
  };
  events_.sight.look(report.health, starting, groups_in, now);
  if (now - looked_at_ >= settings_.refresh || now < looked_at_) {
    looked_at_ = now;
    const Instant limit = report.as_of_broker - stale_refreshes * settings_.refresh;
    const StaleLogEnds stale = topics_.stale_log_ends(limit);
    stale_log_ends_ = stale.count();
    events_.sight.look_at_log_ends(stale, report.as_of_broker, now);
    events_.topics.look_for_unread(report.topics, now);
  }
  report.health.stale_log_ends = stale_log_ends_;
  report.events = events_.log.newest();
}

void ClusterState::take_census(const ClusterReport& report, Instant now) {
  if (now - census_at_ < settings_.refresh && now >= census_at_) return;
  census_at_ = now;
  const bool sure = freshness_.caught_up() &&
                    (freshness_.partitions() == 0 || freshness_.all_read_until().has_value());
  census_.take(report.groups, report.as_of_broker, sure);
}

// What its records tell of its members, made anew when it may have changed: the names of topics may
// come later, and the tasks of a streams group depend on how many partitions there are.
const SharedList<MemberReport>& ClusterState::members_of(Group& group) {
  if (group.members_known) return group.members;
  std::vector<MemberReport> members = group.membership.members(topic_names_.names());
  const bool streams = group.membership.kind() == GroupKind::streams;
  if (streams) trim_to_topics(members);
  group.members_known =
      !streams && std::all_of(members.begin(), members.end(), [](const MemberReport& member) {
        return member.assigned_unnamed.empty();
      });
  group.members = std::move(members);
  return group.members;
}

void ClusterState::judge_group(Group& group, Instant now) {
  if (!group.report && freshness_.starting(offsets_partition(group))) return introduce(group, now);
  const Instant broker_now = now - shift_.get();
  const Policy& policy = resolve(group.name, "");
  group.has_sentences = false;
  soonest_loss_.reset();
  auto report = group.whole || !group.members_known ? judge_whole(group, broker_now)
                                                    : judge_awake(group, broker_now);
  const auto has_members = group.membership.has_members();
  roll_up(*report, has_members.value_or(false));
  explain_silence(group, *report, broker_now);
  if (group.generations.rebalancing(broker_now, policy.window)) {
    report->conditions.set(Condition::rebalancing);
  }
  append_facts(*report, has_members);
  tell_retention_risk(group, *report, broker_now);
  const bool same = group.report && group.report->status == report->status;
  report->status_since = same ? group.report->status_since : now;
  events_.groups.judged(group.news, group.report.get(), *report,
                        freshness_.starting(offsets_partition(group)), now);
  note_members(group, *report, broker_now);
  note_standing(group, *report, broker_now);
  want_diagnosis(group, report);
  group.report = std::move(report);
  group.dirty = group.whole = false;
  show(group);
}

std::shared_ptr<GroupReport> ClusterState::begin_report(const Group& group) {
  auto report = std::make_shared<GroupReport>();
  report->name = GroupName{group.name};
  report->kind = group.membership.kind();
  report->state = group.membership.state();
  report->generation = group.membership.generation();
  report->protocol_type = group.membership.protocol_type();
  const Policy& policy = resolve(group.name, "");
  report->rules = policy.rules;
  report->metrics = policy.metrics;
  return report;
}

// That there is such a group is all that can be said while its records are still being read: it is
// judged once that is done, and not again and again on the way there.
void ClusterState::introduce(Group& group, Instant now) {
  auto report = begin_report(group);
  report->reason = Reason::monitor_stale;
  report->explanation = start_up_goes_on;
  report->stale = true;
  report->status_since = now;
  events_.groups.judged(group.news, nullptr, *report, true, now);
  group.report = std::move(report);
  show(group);
}

std::shared_ptr<GroupReport> ClusterState::judge_whole(Group& group, Instant broker_now) {
  auto report = begin_report(group);
  report->members = members_of(group);
  group.due.reset();
  group.stale_from.reset();
  group.awake.clear();
  group.whole = true;
  report->topics.reserve(group.readings.size());
  for (auto& [topic, reading] : group.readings) {
    report->topics.push_back(judge_topic(reading, *report, broker_now));
  }
  add_unread_topics(group, *report);
  return report;
}

// The report from before, with the partitions that do not rest judged anew. `due` and `stale_from`
// stay as early as they were: at worst the group is judged as a whole once more than it need be.
std::shared_ptr<GroupReport> ClusterState::judge_awake(Group& group, Instant broker_now) {
  auto report = std::make_shared<GroupReport>(*group.report);
  report->diagnosis.reset();
  const Surroundings of_group = surroundings(group, broker_now);
  const Reading* reading = nullptr;
  TopicOfGroup* topic = nullptr;
  std::size_t kept = 0;
  for (const Slot slot : group.awake) {
    const SlotInfo& of = info(slot);
    if (std::exchange(reading, of.reading) != of.reading) {
      topic = find_topic(*report, reading->topic->name);
    }
    judge_again(*find_partition(*topic, of.partition), slot, of_group);
    pauses_.worked();
    if (!of.rests) group.awake[kept++] = slot;
  }
  group.awake.resize(kept);
  return report;
}

void ClusterState::judge_again(PartitionReport& report, Slot slot, const Surroundings& of_group) {
  const SlotInfo& of = info(slot);
  const std::int16_t owner = report.owner;
  Surroundings around = surroundings(of_group, of, partition_of(of));
  around.assigned = assigned(of.reading->subscribed, owner >= 0, of.reading->ownership_sure);
  report = judge_slot(slot, around);
  report.owner = owner;
}

TopicOfGroup ClusterState::judge_topic(Reading& reading, const GroupReport& report,
                                       Instant broker_now) {
  const Topic& topic = *reading.topic;
  TopicOfGroup out;
  out.topic = TopicName{topic.name};
  out.metrics = reading.policy->metrics;
  out.partitions.reserve(
      std::max(reading.slots.size(), topic.listed ? topic.partitions.size() : 0));
  const TopicOwnership owned = ownership(report.members, topic.name);
  reading.subscribed = owned.subscribed;
  reading.ownership_sure = owned.sure;
  const Surroundings of_group = surroundings(*reading.group, broker_now);
  std::int32_t next = 0;
  const auto pad_to = [&](std::int32_t end) {
    for (; topic.listed && next < end; ++next) {
      out.partitions.push_back(padding(next, owned.owner(next)));
    }
    next = end;
  };
  for (const auto& [partition, slot] : reading.slots) {
    pad_to(partition);
    const SlotInfo& of = info(slot);
    Surroundings around = surroundings(of_group, of, partition_of(of));
    around.assigned = owned.assigned(partition);
    PartitionReport judged = judge_slot(slot, around);
    pauses_.worked();
    judged.owner = owned.owner(partition);
    if (!of.rests) reading.group->awake.push_back(slot);
    out.partitions.push_back(std::move(judged));
    next = partition + 1;
  }
  pad_to(static_cast<std::int32_t>(topic.partitions.size()));
  return out;
}

Surroundings ClusterState::surroundings(Group& group, const SlotInfo& of,
                                        const TopicPartition& partition, Instant broker_now) const {
  return surroundings(surroundings(group, broker_now), of, partition);
}

// What they have in common for all partitions of a group,
Surroundings ClusterState::surroundings(Group& group, Instant broker_now) const {
  const std::int32_t offsets_partition = this->offsets_partition(group);
  Surroundings around;
  around.now = broker_now;
  around.has_members = group.membership.has_members();
  const auto until = freshness_.read_until(offsets_partition);
  around.starting = freshness_.starting(offsets_partition) || !until;
  if (until) {
    around.offsets_seen = *until - shift_.get();
  }
  if (const auto since = freshness_.held_since(offsets_partition)) {
    around.offsets_held_since = *since - shift_.get();
  }
  return around;
}

// and what is added for one.
Surroundings ClusterState::surroundings(const Surroundings& of_group, const SlotInfo& of,
                                        const TopicPartition& partition) const {
  Surroundings around = of_group;
  around.log_start = partition.start;
  around.lso = partition.lso;
  around.lso_since = partition.lso_since;
  around.probing = of.held;
  see_share_state(of, around);
  if (of.judged) around.previous = of.previous;
  if (of.end_at_commit_known) around.end_at_commit = of.end_at_commit;
  return around;
}

PartitionVerdict ClusterState::judge(Slot slot, Surroundings around, Trace* trace,
                                     std::string* sentence) {
  const SlotInfo& of = info(slot);
  const TopicPartition& partition = partition_of(of);
  const Policy& policy = *of.reading->policy;
  if (policy.rules == RuleSet::burrow) {
    const BurrowHistory& history = burrow_[static_cast<std::uint32_t>(slot)];
    const auto count =
        std::min(partition.recent.size(), static_cast<std::size_t>(policy.intervals));
    const std::vector<LogEnd> ends(partition.recent.end() - static_cast<std::ptrdiff_t>(count),
                                   partition.recent.end());
    const auto verdict = judge_burrow(history, ends, around, policy, trace);
    *sentence = explain(history, around, policy, verdict);
    return verdict;
  }
  if (around.lso) around.readable_since = partition.released.readable_since(scratch_.position());
  auto verdict = judge_tidemark(scratch_, partition.history, around, policy, trace);
  note_retention_risk(verdict, of, around.now);
  if (!is_plain(verdict.reason)) *sentence = explain(scratch_, around, policy, verdict);
  return verdict;
}

PartitionReport ClusterState::judge_slot(Slot slot, Surroundings around) {
  load(slot, scratch_);
  SlotInfo& of = info(slot);
  std::string sentence;
  around.probing = false;
  unsettled_ = false;
  PartitionVerdict verdict = judge(slot, around, nullptr, &sentence);
  if (look_first(slot, verdict, around)) {
    sentence.clear();
    verdict = judge(slot, around, nullptr, &sentence);
  }
  if (!verdict.stale) {
    of.previous = verdict.status;
    of.judged = true;
    of.warned = as_group_status(verdict.status, verdict.reason, verdict.blocked_long,
                                verdict.conditions) == GroupStatus::warning;
  }
  Group& group = *of.reading->group;
  group.due = earlier(group.due, verdict.due);
  group.stale_from = earlier(group.stale_from, verdict.stale_from);
  group.has_sentences = group.has_sentences || !sentence.empty();

  PartitionReport out;
  out.partition = of.partition;
  out.committed = true;
  out.status = verdict.status;
  out.reason = verdict.reason;
  out.stale = verdict.stale;
  out.unprobed = verdict.unprobed;
  out.warned_before = verdict.stale && of.warned;
  out.blocked_long = verdict.blocked_long;
  out.conditions = verdict.conditions;
  out.samples = static_cast<std::uint8_t>(verdict.samples);
  out.intervals = static_cast<std::uint8_t>(verdict.intervals);
  out.committed_offset = scratch_.newest().offset;
  out.committed_at = scratch_.newest().at;
  out.lag = verdict.lag;
  out.lost = verdict.lost;
  out.unread_since = verdict.unread_since;
  if (!sentence.empty()) out.sentence = std::make_unique<const std::string>(std::move(sentence));
  of.rests = rests(of, out);
  return out;
}

ProbeState ClusterState::as_shown(Probe probe) {
  switch (probe) {
    case Probe::asked:
      return ProbeState::asked;
    case Probe::record:
      return ProbeState::record;
    case Probe::end:
      return ProbeState::end;
    case Probe::none:
      break;
  }
  return ProbeState::none;
}

PartitionWindow ClusterState::window_of(Slot slot) {
  look_at(slot, shown_);
  const SlotInfo& of = info(slot);
  PartitionWindow out;
  const Policy& policy = *of.reading->policy;
  out.topic = TopicName{of.reading->topic->name};
  out.partition = of.partition;
  out.patience = patience(shown_, policy);
  if (policy.rules == RuleSet::burrow) {
    for (const BurrowSample& sample : burrow_[static_cast<std::uint32_t>(slot)].window) {
      out.samples.push_back({sample.offset, sample.at, sample.lag});
    }
  } else {
    out.position = shown_.position();
    out.standing_since = shown_.standing();
    out.unread_since = shown_.unread_since;
    out.waiting_since = shown_.waiting_since;
    out.probed_to = shown_.probed_to;
    out.probe = of.probe_failed ? ProbeState::failed : as_shown(of.probe);
    const LogEndHistory& ends = partition_of(of).history;
    for (const CommitSample& sample : shown_.window) {
      out.samples.push_back({sample.offset, sample.at, lag_at(sample, ends)});
    }
  }
  return out;
}

Trace ClusterState::trace_of(Slot slot, const Surroundings& around) {
  load(slot, scratch_);
  Trace out;
  std::string sentence;
  judge(slot, around, &out, &sentence);
  return out;
}

Result<GroupDetail> ClusterState::detail(std::string_view name, bool trace, Instant now) {
  const auto found = groups_.find(name);
  if (found == groups_.end()) {
    return Error{"cluster " + settings_.cluster + " has no group \"" + std::string(name) + "\""};
  }
  Group& group = found->second;
  GroupDetail out;
  if (trace) {
    if (to_be_judged(group, now)) judge_group(group, now);
    seen_by_others();
    out.report = group.report;
  }
  for (const auto& [topic, reading] : group.readings) {
    for (const auto& [partition, slot] : reading.slots) out.windows.push_back(window_of(slot));
  }
  if (trace) add_traces(group, now - shift_.get(), out);
  return out;
}

void ClusterState::add_traces(Group& group, Instant broker_now, GroupDetail& to) {
  auto window = to.windows.begin();
  for (const auto& [topic, reading] : group.readings) {
    const TopicOwnership owned = ownership(group.report->members, topic);
    for (const auto& [partition, slot] : reading.slots) {
      const SlotInfo& of = info(slot);
      Surroundings around = surroundings(group, of, partition_of(of), broker_now);
      around.has_members = group.membership.has_members();
      around.assigned = owned.assigned(partition);
      (window++)->trace = trace_of(slot, around);
    }
  }
}

ClusterHealth ClusterState::health(Instant now) const {
  ClusterHealth out;
  out.link = link_;
  out.caught_up = freshness_.caught_up();
  const Freshness::Progress progress = freshness_.progress();
  out.catch_up_done = progress.done;
  out.catch_up_total = progress.total;
  out.log_ends_at = log_ends_at_;
  out.offsets_at = freshness_.all_read_until();
  out.stale_offsets_partitions =
      freshness_.not_read_since(now - stale_refreshes * settings_.refresh);
  for (const std::int32_t stale : out.stale_offsets_partitions) {
    const auto since = freshness_.held_since(stale);
    if (since) out.held_offsets_partitions[stale] = *since - shift_.get();
  }
  out.clock_shift = shift_.get();
  out.probes_sent = desk_.sent();
  out.probes_failed = desk_.failed();
  out.probes_waiting = desk_.waiting();
  out.probes_skipped = desk_.skipped();
  if (implausible_partitions_ > 0) {
    out.decode_errors["implausible_partition"] = implausible_partitions_;
  }
  return out;
}

}  // namespace tidemark
