// Share groups, and groups that have not committed: what is shown where no commit speaks.
#include <algorithm>
#include <set>
#include <utility>

#include "daemon/pipeline/cluster_state.h"
#include "daemon/pipeline/never_committed.h"

namespace tidemark {
namespace {

std::set<std::string_view> topics_of(const std::vector<MemberReport>& members) {
  std::set<std::string_view> out;
  for (const MemberReport& member : members) {
    for (const auto& [topic, partitions] : member.assigned) out.insert(topic);
    if (!member.away) out.insert(member.subscribed.begin(), member.subscribed.end());
  }
  return out;
}

}  // namespace

void ClusterState::apply(ShareStateBatch&& batch) {
  take_share_commits(shares_.take(std::move(batch), topic_names_.names()));
  drop_those_gone();
}

void ClusterState::take_share_commits(const std::vector<ShareCommit>& commits) {
  for (const ShareCommit& each : commits) commit(each.as_commit());
}

// Its state is deleted too, but that may be out of our sight.
void ClusterState::forget_share_state(Group& group) {
  if (group.membership.kind() != GroupKind::share) return;
  shares_.forget(group.name);
  std::vector<Slot> slots;
  for (const auto& [topic, reading] : group.readings) {
    for (const auto& [partition, slot] : reading.slots) slots.push_back(slot);
  }
  for (const Slot slot : slots) forget_slot(slot);
}

void ClusterState::see_share_state(const SlotInfo& of, Surroundings& around) const {
  const Reading& reading = *of.reading;
  if (reading.group->membership.kind() != GroupKind::share) return;
  around.lso.reset();  // share groups read uncommitted records too
  around.lso_since.reset();
  const auto until = shares_.read_until(reading.group->name, reading.topic->id, of.partition);
  around.starting = around.starting || !until;
  if (until && around.offsets_seen) {
    around.offsets_seen = std::min(*around.offsets_seen, *until - shift_.get());
  }
}

// Topics that members are assigned or subscribed to, and that have no commit.
void ClusterState::add_unread_topics(const Group& group, GroupReport& report) {
  const std::size_t before = report.topics.size();
  for (const std::string_view name : topics_of(report.members)) {
    if (group.readings.contains(name)) continue;
    const Policy& policy = resolve(group.name, name);
    if (policy.ignore) continue;
    const Topic* topic = topics_.find(name);
    if (topic == nullptr || !topic->listed) {
      wants_refresh_ = true;
      continue;
    }
    TopicOfGroup& out = report.topics.emplace_back();
    out.topic = TopicName{topic->name};
    out.metrics = policy.metrics;
    const TopicOwnership owned = ownership(report.members, topic->name);
    for (std::size_t p = 0; p < topic->partitions.size(); ++p) {
      PartitionReport padding;
      padding.partition = PartitionId{static_cast<std::int32_t>(p)};
      padding.owner = owned.owner(padding.partition.get());
      out.partitions.push_back(std::move(padding));
    }
  }
  if (report.topics.size() == before) return;
  std::sort(report.topics.begin(), report.topics.end(),
            [](const TopicOfGroup& a, const TopicOfGroup& b) { return a.topic < b.topic; });
}

// The sentence of a group that no partition speaks for.
void ClusterState::explain_silence(Group& group, GroupReport& report, Instant broker_now) {
  if (report.reason == Reason::share_group) {
    report.explanation = shares_.why_unknown(group.name);
  } else if (report.reason == Reason::never_committed) {
    report.explanation = explain_never_committed(
        report, [&](const std::string& topic, std::int32_t p) -> std::optional<std::int64_t> {
          const Topic* of = topics_.find(topic);
          if (of == nullptr || static_cast<std::size_t>(p) >= of->partitions.size()) return {};
          const TopicPartition& partition = of->partitions[static_cast<std::size_t>(p)];
          if (!partition.end || !partition.start) return {};
          return *partition.end - *partition.start;
        });
  } else {
    return;
  }
  note_due(group, broker_now + settings_.refresh);
}

// A task stands for a partition of each source topic that has as many.
void ClusterState::trim_to_topics(std::vector<MemberReport>& members) {
  for (MemberReport& member : members) {
    for (auto& [name, partitions] : member.assigned) {
      const Topic* topic = topics_.find(name);
      if (topic == nullptr || !topic->listed) continue;
      std::erase_if(partitions, [&](std::int32_t p) {
        return static_cast<std::size_t>(p) >= topic->partitions.size();
      });
    }
  }
}

}  // namespace tidemark
