#include "collectors/log_end_poller.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "collectors/kafka_settings.h"

namespace tidemark {
namespace {

constexpr Duration longest_wait{3000};  // for a leader's answer

AskOffsets asking(const ClusterPlan& plan, Duration limit) {
  return [ends = plan.ends, stable = plan.stable, limit](LogPoint point,
                                                         std::vector<OffsetQuestion>& questions) {
    const auto mark = point == LogPoint::start ? LogMark::start : LogMark::end;
    return (point == LogPoint::stable ? stable : ends)->offsets(questions, mark, limit);
  };
}

}  // namespace

LogEndPoller::LogEndPoller(const CollectorSettings& settings, Outlet& outlet, ClusterBoard& board,
                           const Clock& clock)
    : settings_(settings), outlet_(outlet), board_(board), clock_(clock) {}

void LogEndPoller::run(const std::stop_token& stop) {
  std::shared_ptr<const ClusterPlan> plan;
  auto next = clock_.steady();
  while (!stop.stop_requested()) {
    const auto left = std::chrono::ceil<Duration>(next - clock_.steady());
    auto newest = board_.wait_for_plan(plan ? plan->version : 0, std::max(left, Duration{0}), stop);
    const auto now = clock_.steady();
    const bool changed = newest && (!plan || newest->revision != plan->revision);
    plan = std::move(newest);
    if (!changed && now < next) continue;
    next = now + settings_.refresh;
    if (plan && !stop.stop_requested()) start_round(plan, stop);
  }
}

void LogEndPoller::start_round(const std::shared_ptr<const ClusterPlan>& plan,
                               const std::stop_token& stop) {
  auto parts = by_leader(*plan);
  PartitionList leaderless;
  if (const auto none = parts.find(-1); none != parts.end()) {
    leaderless = std::move(none->second);
    parts.erase(none);
  }
  const bool first = std::exchange(first_round_, false);
  if (first) first_round_open_ = static_cast<int>(parts.size());
  if (first && parts.empty()) board_.first_round_done();
  const Duration limit = std::min(longest_wait, request_limit(settings_.kafka));
  for (const auto& [leader, partitions] : parts) {
    std::vector<Work> lanes;
    for (PartitionList& lane : in_lanes(partitions, parts.size())) {
      LogEndRequest request(plan, {asking(*plan, limit), memory_, outlet_, board_, clock_, stop});
      lanes.push_back([request = std::move(request), lane = std::move(lane),
                       leaderless = std::exchange(leaderless, {})]() mutable {
        request.run(lane, std::move(leaderless));
      });
    }
    start(leader, std::move(lanes), [this, first] {
      if (first && --first_round_open_ == 0) board_.first_round_done();
    });
  }
}

void LogEndPoller::start(std::int32_t leader, std::vector<Work> lanes, const Work& done) {
  auto& task = tasks_[leader];
  if (task && task->open > 0) {
    outlet_.failed("log_ends_overrun", fmt::format("leader {} is still being asked", leader));
    return;
  }
  task = std::make_unique<Task>();
  task->open = static_cast<int>(lanes.size());
  for (Work& lane : lanes) {
    task->lanes.push_back(std::make_unique<Worker>(
        "ends " + std::to_string(leader),
        [lane = std::move(lane), done, &open = task->open](const std::stop_token&) {
          lane();
          if (open.fetch_sub(1) == 1) done();
        }));
  }
}

}  // namespace tidemark
