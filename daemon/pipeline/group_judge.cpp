#include "daemon/pipeline/group_judge.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "daemon/pipeline/group_members.h"
#include "daemon/pipeline/uncommitted.h"

namespace tidemark {
namespace {

PartitionReport padding(std::int32_t partition, std::int16_t owner) {
  PartitionReport out;
  out.partition = PartitionId{partition};
  out.owner = owner;
  return out;
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

std::shared_ptr<GroupReport> GroupJudge::judge(Group& group, Instant now) {
  const Instant broker_now = sight_.broker_time(now);
  const Policy& policy = books_.resolve(group.name, "");
  group.has_sentences = false;
  retention_.begin();
  auto report = group.whole || !group.members_known ? judge_whole(group, broker_now)
                                                    : judge_awake(group, broker_now);
  const auto has_members = group.membership.has_members();
  roll_up(*report, has_members.value_or(false));
  explain_silence(group, books_, sight_.shares, broker_now, *report);
  if (group.generations.rebalancing(broker_now, policy.window)) {
    report->conditions.set(Condition::rebalancing);
  }
  append_facts(*report, has_members);
  retention_.tell(group, *report, broker_now);
  const bool same = group.report && group.report->status == report->status;
  report->status_since = same ? group.report->status_since : now;
  return report;
}

std::shared_ptr<GroupReport> GroupJudge::begin_report(const Group& group) {
  auto report = std::allocate_shared<GroupReport>(PooledAllocator<GroupReport>());
  report->name = GroupName{group.name};
  report->kind = group.membership.kind();
  report->state = group.membership.state();
  report->generation = group.membership.generation();
  report->protocol_type = group.membership.protocol_type();
  const Policy& policy = books_.resolve(group.name, "");
  report->rules = policy.rules;
  report->metrics = policy.metrics;
  report->history = policy.history;
  return report;
}

std::shared_ptr<GroupReport> GroupJudge::introduce(const Group& group, Instant now) {
  auto report = begin_report(group);
  report->reason = Reason::monitor_stale;
  report->explanation = start_up_goes_on;
  report->stale = true;
  report->status_since = now;
  return report;
}

std::shared_ptr<GroupReport> GroupJudge::judge_whole(Group& group, Instant broker_now) {
  auto report = begin_report(group);
  report->members = members_of(group, books_);
  group.due.reset();
  group.stale_from.reset();
  group.awake.clear();
  group.whole = true;
  report->topics.reserve(group.readings.size());
  const Surroundings of_group = sight_.surroundings(group, broker_now);
  for (auto& [topic, reading] : group.readings) {
    report->topics.push_back(judge_topic(reading, *report, of_group));
  }
  add_uncommitted_topics(group, books_, *report);
  return report;
}

// The report from before, with the partitions that do not rest judged anew. `due` and `stale_from`
// stay as early as they were: at worst the group is judged as a whole once more than it need be.
std::shared_ptr<GroupReport> GroupJudge::judge_awake(Group& group, Instant broker_now) {
  auto report = std::allocate_shared<GroupReport>(PooledAllocator<GroupReport>(), *group.report);
  report->diagnosis.reset();
  const Surroundings of_group = sight_.surroundings(group, broker_now);
  const Reading* reading = nullptr;
  TopicOfGroup* topic = nullptr;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < group.awake.size(); ++i) {
    books_.slots.expect(i, group.awake);
    const Slot slot = group.awake[i];
    const SlotInfo& of = books_.slots.info(slot);
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

void GroupJudge::judge_again(PartitionReport& report, Slot slot, const Surroundings& of_group) {
  const SlotInfo& of = books_.slots.info(slot);
  const std::int16_t owner = report.owner;
  Surroundings around = sight_.surroundings(of_group, of, of.at());
  around.assigned = assigned(of.reading->subscribed, owner >= 0, of.reading->ownership_sure);
  slots_.judge(slot, around, report);
}

TopicOfGroup GroupJudge::judge_topic(Reading& reading, const GroupReport& report,
                                     const Surroundings& of_group) {
  const Topic& topic = *reading.topic;
  TopicOfGroup out;
  out.topic = TopicName{topic.name};
  out.metrics = reading.policy->metrics;
  out.history = reading.policy->history;
  out.partitions.reserve(
      std::max(reading.slots.size(), topic.listed ? topic.partitions.size() : 0));
  const TopicOwnership owned = ownership(report.members, topic.name);
  reading.subscribed = owned.subscribed;
  reading.ownership_sure = owned.sure;
  std::int32_t next = 0;
  const auto pad_to = [&](std::int32_t end) {
    for (; topic.listed && next < end; ++next) {
      out.partitions.push_back(padding(next, owned.owner(next)));
    }
    next = end;
  };
  for (const PartitionSlot& at : reading.slots) {
    if (next < at.partition) pad_to(at.partition);
    judge_owned(at, owned, of_group, out.partitions.emplace_back());
    next = at.partition + 1;
  }
  pad_to(static_cast<std::int32_t>(topic.partitions.size()));
  return out;
}

void GroupJudge::judge_owned(const PartitionSlot& at, const TopicOwnership& owned,
                             const Surroundings& of_group, PartitionReport& out) {
  const SlotInfo& of = books_.slots.info(at.slot);
  Surroundings around = sight_.surroundings(of_group, of, of.at());
  around.assigned = owned.assigned(at.partition);
  slots_.judge(at.slot, around, out);
  pauses_.worked();
  out.owner = owned.owner(at.partition);
  if (!of.rests) of.reading->group->awake.push_back(at.slot);
}

void GroupJudge::add_traces(Group& group, Instant broker_now, PartitionWindows& windows) {
  const Surroundings of_group = sight_.surroundings(group, broker_now);
  auto window = windows.begin();
  for (const auto& [topic, reading] : group.readings) {
    const TopicOwnership owned = ownership(group.report->members, topic);
    for (const auto& [partition, slot] : reading.slots) {
      const SlotInfo& of = books_.slots.info(slot);
      Surroundings around = sight_.surroundings(of_group, of, of.at());
      around.assigned = owned.assigned(partition);
      (window++)->trace = slots_.trace(slot, around);
    }
  }
}

}  // namespace tidemark
