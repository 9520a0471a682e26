#include "daemon/snapshot/saving.h"

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t topic_partitions_at_once = 1000;

KeptVerdict verdict_of(const GroupReport& report) {
  KeptVerdict out{report.status, report.status_since, report.conditions, {}};
  for (const TopicOfGroup& topic : report.topics) {
    std::vector<KeptVerdict::Loss> losses;
    for (const PartitionReport& each : topic.partitions) {
      if (each.lost > 0) losses.push_back({each.partition, each.lost});
    }
    if (!losses.empty()) out.losses.emplace_back(topic.topic, std::move(losses));
  }
  return out;
}

std::size_t shared_by(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  return static_cast<std::size_t>(
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(most), b.begin()).first -
      a.begin());
}

}  // namespace

bool Saving::possible() const {
  return !books_.cluster_id.empty() && sight_.offsets.partitions() > 0 &&
         books_.topics.list_known();
}

void Saving::begin(Instant now, Duration step) {
  stage_ = Stage::head;
  written_ = now + step;
  step_ = step;
  upheavals_ = books_.upheavals;
  partitions_ = sight_.offsets.partitions();
  partition_ = 0;
  groups_as_of_.reset();
  topic_.clear();
}

std::optional<Saving::Part> Saving::next() {
  const bool same = upheavals_ == books_.upheavals && partitions_ == sight_.offsets.partitions();
  if (!same) stage_ = Stage::none;
  switch (stage_) {
    case Stage::none:
      break;
    case Stage::head:
      stage_ = Stage::groups;
      return Part{SnapshotPart::head, head()};
    case Stage::groups: {
      std::string bytes = groups_of(partition_);
      if (++partition_ >= partitions_) stage_ = Stage::topics;
      return Part{SnapshotPart::groups, std::move(bytes)};
    }
    case Stage::topics: {
      std::string bytes = some_topics();
      return Part{SnapshotPart::topics, std::move(bytes)};
    }
    case Stage::sight:
      stage_ = Stage::none;
      groups_.clear();
      return Part{SnapshotPart::sight, sight(), true};
  }
  groups_.clear();
  return std::nullopt;
}

std::string Saving::head() const {
  std::string out;
  FieldWriter to(out);
  to(SnapshotHead{books_.settings.cluster, books_.cluster_id, books_.settings.bootstrap, written_,
                  sight_.offsets.partitions()});
  return out;
}

std::string Saving::sight() const {
  std::string out;
  FieldWriter to(out, written_);
  to(sight_.clock.get(), books_.topic_names, topics_);
  return out;
}

// --- groups
// -----------------------------------------------------------------------------

// Those that came since must not be missed: the position is behind their records.
void Saving::sort_groups() {
  if (groups_as_of_ == books_.group_changes) return;
  groups_as_of_ = books_.group_changes;
  groups_.assign(static_cast<std::size_t>(sight_.offsets.partitions()), {});
  for (auto& [name, group] : books_.groups) {
    groups_[static_cast<std::size_t>(sight_.offsets_partition(group))].push_back(&group);
  }
}

std::string Saving::groups_of(std::int32_t partition) {
  sort_groups();
  const auto& groups = groups_[static_cast<std::size_t>(partition)];
  std::string out;
  FieldWriter to(out, written_);
  key_before_.clear();
  to(partition, sight_.offsets.next(partition), static_cast<std::uint64_t>(groups.size()));
  for (const Group* group : groups) put_group(to, *group);
  return out;
}

void Saving::put_group(FieldWriter& to, const Group& group) {
  const GroupReport* told = group.before_restart ? group.before_restart.get() : group.report.get();
  std::optional<KeptVerdict> verdict;
  if (told != nullptr && group.news.learnt) {
    verdict = verdict_of(*told);
    verdict->since += step_;
  }
  to(group.name, group, verdict, static_cast<std::uint64_t>(group.readings.size()));
  for (const auto& [topic, reading] : group.readings) {
    const Policy& policy = *reading.policy;
    to(topic, KeptPolicy{policy.allowed_lag, policy.rules == RuleSet::burrow},
       static_cast<std::uint64_t>(reading.slots.size()));
    for (const PartitionSlot& at : reading.slots) put_slot(to, at);
  }
}

void Saving::put_slot(FieldWriter& to, const PartitionSlot& at) {
  const SlotInfo& of = books_.slots.info(at.slot);
  books_.slots.key_of(at.slot, key_);
  const std::size_t shared = shared_by(key_, key_before_);
  slot_.partition = of.partition;
  slot_.key_shared = static_cast<std::uint32_t>(shared);
  slot_.key_rest.assign(key_, shared);
  slot_.previous = of.previous;
  slot_.probe = of.probe == Probe::asked ? Probe::none : of.probe;
  slot_.probe_failed = of.probe_failed;
  slot_.judged = of.judged;
  slot_.warned = of.warned;
  slot_.learning = of.learning;
  slot_.dead_at_first = of.dead_at_first;
  slot_.end_at_commit.reset();
  if (of.end_at_commit_known) slot_.end_at_commit = of.end_at_commit;
  const LogEndHistory& ends = of.at().history;
  slot_.log_end_at = ends.empty() ? std::nullopt : std::optional(ends.newest().at);
  books_.slots.look_at(at.slot, slot_.history);
  slot_.burrow.reset();
  if (of.reading->policy->rules == RuleSet::burrow) slot_.burrow = books_.slots.burrow(at.slot);
  to(slot_);
  std::swap(key_, key_before_);
  pauses_.worked();
}

// --- topics
// -----------------------------------------------------------------------------

std::string Saving::some_topics() {
  std::string out;
  FieldWriter to(out, written_);
  std::size_t partitions = 0;
  stage_ = Stage::sight;  // unless there are more
  books_.topics.each_behind(topic_, [&](const Topic& topic) {
    if (partitions >= topic_partitions_at_once) {
      stage_ = Stage::topics;
      return false;
    }
    topic_ = topic.name;
    to(topic.name, topic);
    partitions += topic.partitions.size() + 1;
    pauses_.worked(topic.partitions.size() + 1);
    return true;
  });
  return out;
}

}  // namespace tidemark
