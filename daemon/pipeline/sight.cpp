#include "daemon/pipeline/sight.h"

#include <algorithm>

#include "collectors/record.h"

namespace tidemark {

std::int32_t Sight::offsets_partition(Group& group) const {
  if (group.offsets_partitions != offsets.partitions()) {
    group.offsets_partitions = offsets.partitions();
    group.offsets_partition = offsets_partition_of(group.name, group.offsets_partitions);
  }
  return group.offsets_partition;
}

bool Sight::starting(Group& group) const { return offsets.starting(offsets_partition(group)); }

std::optional<Instant> Sight::read_until(Group& group) const {
  const auto until = offsets.read_until(offsets_partition(group));
  if (!until) return std::nullopt;
  return broker_time(*until);
}

Surroundings Sight::surroundings(Group& group, Instant broker_now) const {
  Surroundings around;
  around.now = broker_now;
  around.has_members = group.membership.has_members();
  around.offsets_seen = read_until(group);
  around.starting = starting(group) || !around.offsets_seen;
  if (const auto since = offsets.held_since(offsets_partition(group))) {
    around.offsets_held_since = broker_time(*since);
  }
  return around;
}

Surroundings Sight::surroundings(const Surroundings& of_group, const SlotInfo& of,
                                 const TopicPartition& partition) const {
  Surroundings around = of_group;
  around.log_start = partition.start;
  around.lso = partition.lso;
  around.lso_since = partition.lso_since;
  around.probing = of.held;
  add_share_state(of, around);
  if (of.judged) around.previous = of.previous;
  around.dead_at_first = !of.judged || of.dead_at_first;
  if (of.end_at_commit_known) around.end_at_commit = of.end_at_commit;
  return around;
}

void Sight::tell(ClusterHealth& health, Instant now, Duration refresh) const {
  health.link = link;
  health.caught_up = offsets.caught_up();
  const Freshness::Progress progress = offsets.progress();
  health.catch_up_done = progress.done;
  health.catch_up_total = progress.total;
  health.log_ends_at = log_ends_at;
  health.offsets_at = offsets.all_read_until();
  health.stale_offsets_partitions = offsets.not_read_since(now - stale_refreshes * refresh);
  for (const std::int32_t stale : health.stale_offsets_partitions) {
    const auto since = offsets.held_since(stale);
    if (since) health.held_offsets_partitions[stale] = broker_time(*since);
  }
  health.clock_shift = clock.get();
}

void Sight::add_share_state(const SlotInfo& of, Surroundings& around) const {
  const Reading& reading = *of.reading;
  if (reading.group->membership.kind() != GroupKind::share) return;
  around.lso.reset();  // share groups read uncommitted records too
  around.lso_since.reset();
  const auto until = shares.read_until(reading.group->name, reading.topic->id, of.partition);
  around.starting = around.starting || !until;
  if (until && around.offsets_seen) {
    around.offsets_seen = std::min(*around.offsets_seen, broker_time(*until));
  }
}

}  // namespace tidemark
