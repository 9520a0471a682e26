#include "daemon/pipeline/freshness.h"

#include <algorithm>

namespace tidemark {

Freshness::Partition* Freshness::find(std::int32_t partition) {
  if (partition < 0) return nullptr;
  const auto at = static_cast<std::size_t>(partition);
  if (at >= partitions_.size()) partitions_.resize(at + 1);
  return &partitions_[at];
}

void Freshness::resize(std::int32_t partitions) {
  topic_known_ = true;
  if (partitions > this->partitions()) partitions_.resize(static_cast<std::size_t>(partitions));
}

void Freshness::goal(const CatchUpGoal& goal) {
  topic_known_ = true;
  for (const OffsetsPosition& begin : goal.begin) {
    if (Partition* partition = find(begin.partition)) {
      partition->begin = std::max(begin.next, partition->position);
    }
  }
  for (const OffsetsPosition& until : goal.until) {
    Partition* partition = find(until.partition);
    if (partition == nullptr) continue;
    partition->goal = until.next;
    partition->position = std::max(partition->position, partition->begin);
    reach(*partition);
  }
}

void Freshness::take_up(const OffsetsPosition& at) {
  if (Partition* partition = find(at.partition)) partition->position = at.next;
}

Offset Freshness::next(std::int32_t partition) const {
  if (partition < 0 || partition >= partitions()) return Offset{-1};
  return partitions_[static_cast<std::size_t>(partition)].position;
}

void Freshness::position(const OffsetsPosition& at) {
  if (Partition* partition = find(at.partition)) {
    partition->position = at.next;
    reach(*partition);
  }
}

void Freshness::polled(Instant taken_at, std::int32_t number, Offset end, Offset lso) {
  Partition* partition = find(number);
  if (partition == nullptr) return;
  if (lso >= end) {
    partition->held_at.reset();
  } else if (partition->held_at != lso) {
    partition->held_at = lso;
    partition->held_since = taken_at;
  }
  const Target target{end, taken_at};
  if (!partition->first) partition->first = target;
  partition->last = target;
  reach(*partition);
}

void Freshness::reach(Partition& partition) {
  for (auto* target : {&partition.first, &partition.last}) {
    if (!*target || partition.position < (*target)->end) continue;
    partition.read_until =
        std::max(partition.read_until.value_or((*target)->taken_at), (*target)->taken_at);
    target->reset();
  }
  if (!partition.first) partition.first = partition.last;
}

std::optional<Instant> Freshness::read_until(std::int32_t partition) const {
  if (partition < 0 || partition >= partitions()) return std::nullopt;
  return partitions_[static_cast<std::size_t>(partition)].read_until;
}

bool Freshness::starting(std::int32_t partition) const {
  if (partition < 0 || partition >= partitions()) return true;
  const Partition& of = partitions_[static_cast<std::size_t>(partition)];
  return !of.goal || of.position < *of.goal;
}

std::vector<std::int32_t> Freshness::all_starting() const {
  std::vector<std::int32_t> out;
  for (std::int32_t p = 0; p < partitions(); ++p) {
    if (starting(p)) out.push_back(p);
  }
  return out;
}

bool Freshness::caught_up() const {
  for (std::int32_t p = 0; p < partitions(); ++p) {
    if (starting(p)) return false;
  }
  return topic_known_;
}

Freshness::Progress Freshness::progress() const {
  Progress sum;
  for (const Partition& partition : partitions_) {
    if (!partition.goal || *partition.goal <= partition.begin) continue;
    sum.total += static_cast<std::uint64_t>(*partition.goal - partition.begin);
    const Offset reached = std::clamp(partition.position, partition.begin, *partition.goal);
    sum.done += static_cast<std::uint64_t>(reached - partition.begin);
  }
  return sum;
}

std::optional<Instant> Freshness::all_read_until() const {
  std::optional<Instant> oldest;
  for (const Partition& partition : partitions_) {
    if (!partition.read_until) return std::nullopt;
    oldest = std::min(oldest.value_or(*partition.read_until), *partition.read_until);
  }
  return oldest;
}

std::optional<Instant> Freshness::held_since(std::int32_t partition) const {
  if (partition < 0 || partition >= partitions()) return std::nullopt;
  const Partition& of = partitions_[static_cast<std::size_t>(partition)];
  if (!of.held_at || of.position < *of.held_at) return std::nullopt;
  return of.held_since;
}

std::vector<std::int32_t> Freshness::not_read_since(Instant limit) const {
  std::vector<std::int32_t> late;
  for (std::int32_t p = 0; p < partitions(); ++p) {
    const auto& until = partitions_[static_cast<std::size_t>(p)].read_until;
    if (!until || *until < limit) late.push_back(p);
  }
  return late;
}

}  // namespace tidemark
