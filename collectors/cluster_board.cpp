#include "collectors/cluster_board.h"

#include <algorithm>
#include <utility>

namespace tidemark {

// In short steps, for a stop request wakes nobody here.
template <class Ready>
bool ClusterBoard::wait(std::chrono::milliseconds limit, const std::stop_token& stop, Ready ready) {
  constexpr std::chrono::milliseconds step{100};
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!stop.stop_requested()) {
    const auto now = std::chrono::steady_clock::now();
    if (news_.wait_until(mutex_, std::min(end, now + step), ready)) return true;
    if (now >= end) return false;
  }
  return false;
}

std::shared_ptr<const ClusterPlan> ClusterBoard::plan() const {
  const MutexLock lock(mutex_);
  return plan_;
}

void ClusterBoard::publish(std::shared_ptr<const ClusterPlan> plan) {
  const MutexLock lock(mutex_);
  plan_ = std::move(plan);
  news_.notify_all();
}

std::shared_ptr<const ClusterPlan> ClusterBoard::wait_for_plan(std::uint64_t version,
                                                               std::chrono::milliseconds limit,
                                                               const std::stop_token& stop) {
  const MutexLock lock(mutex_);
  wait(limit, stop, [&]() TM_REQUIRES(mutex_) { return plan_ && plan_->version > version; });
  return plan_;
}

void ClusterBoard::wish_metadata() {
  const MutexLock lock(mutex_);
  wanted_.wished = true;
}

void ClusterBoard::need_metadata() {
  const MutexLock lock(mutex_);
  wanted_.needed = true;
}

ClusterBoard::Wanted ClusterBoard::take_wanted() {
  const MutexLock lock(mutex_);
  return std::exchange(wanted_, {});
}

void ClusterBoard::first_round_done() {
  const MutexLock lock(mutex_);
  first_round_ = true;
  news_.notify_all();
}

bool ClusterBoard::wait_for_first_round(std::chrono::milliseconds limit,
                                        const std::stop_token& stop) {
  const MutexLock lock(mutex_);
  return wait(limit, stop, [&]() TM_REQUIRES(mutex_) { return first_round_; });
}

void ClusterBoard::resume_from(ResumeFrom where) {
  const MutexLock lock(mutex_);
  resume_ = std::move(where);
  news_.notify_all();
}

std::optional<ResumeFrom> ClusterBoard::wait_for_resume(const std::stop_token& stop) {
  constexpr std::chrono::milliseconds look_every{1000};
  const MutexLock lock(mutex_);
  while (!resume_ && !stop.stop_requested()) {
    wait(look_every, stop, [this]() TM_REQUIRES(mutex_) { return resume_.has_value(); });
  }
  return resume_;
}

void ClusterBoard::note_offsets_bounds(std::int32_t partition, Bounds bounds) {
  const MutexLock lock(mutex_);
  bounds_.try_emplace(partition, bounds);
}

std::optional<ClusterBoard::Bounds> ClusterBoard::offsets_bounds(std::int32_t partition) const {
  const MutexLock lock(mutex_);
  const auto found = bounds_.find(partition);
  return found != bounds_.end() ? std::optional(found->second) : std::nullopt;
}

}  // namespace tidemark
