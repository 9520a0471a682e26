#include "api/history_steps.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<Duration, 17> usual_steps{
    seconds{1}, seconds{2}, seconds{5}, seconds{10}, seconds{15}, seconds{30},
    minutes{1}, minutes{2}, minutes{5}, minutes{10}, minutes{15}, minutes{30},
    hours{1},   hours{2},   hours{6},   hours{12},   hours{24}};

std::size_t steps_between(Instant from, Instant to, Duration step) {
  const Instant first{(from.time_since_epoch() / step) * step};
  return to <= first ? 0 : static_cast<std::size_t>((to - first + step - Duration{1}) / step);
}

void add_up(Maybe<std::int64_t>& to, Maybe<std::int64_t> more) {
  if (more) to = to.value_or(0) + *more;
}

void note_lag(HistoryStep& step, Maybe<std::int64_t> least, Maybe<std::int64_t> most,
              Maybe<std::int64_t> last) {
  if (least) step.lag_least = std::min(step.lag_least.value_or(*least), *least);
  if (most) step.lag_most = std::max(step.lag_most.value_or(*most), *most);
  if (last) step.lag_last = last;
}

// The sums over the partitions that are shown; null where there is none.
struct Offsets {
  Maybe<std::int64_t> committed{};
  Maybe<std::int64_t> log_end{};
};

Offsets offsets_of(const GroupSample& sample) {
  Offsets out;
  for (const TopicSample& topic : sample.topics) {
    for (const PartitionSample& partition : topic.partitions) {
      if (!partition.shown || !partition.committed || !partition.log_end) continue;
      add_up(out.committed, partition.committed);
      add_up(out.log_end, partition.log_end);
    }
  }
  return out;
}

const PartitionSample* find_partition(const GroupSample& sample, const std::string& topic,
                                      std::int32_t partition) {
  const auto at = static_cast<std::size_t>(partition);
  for (const TopicSample& each : sample.topics) {
    if (each.topic != topic) continue;
    if (at < each.partitions.size() && each.partitions[at].shown) return &each.partitions[at];
  }
  return nullptr;
}

}  // namespace

std::optional<std::size_t> HistoryGrid::index(Instant instant) const {
  if (instant < from) return std::nullopt;
  const auto out = static_cast<std::size_t>((instant - from) / step);
  return out < count ? std::optional(out) : std::nullopt;
}

HistoryGrid grid_of(Instant from, Instant to, Duration step) {
  return {Instant{(from.time_since_epoch() / step) * step}, step, steps_between(from, to, step)};
}

HistoryGrid grid_for(Instant from, Instant to, Duration least, std::size_t most) {
  for (const Duration step : usual_steps) {
    if (step >= least && steps_between(from, to, step) <= most) return grid_of(from, to, step);
  }
  Duration step = std::max(usual_steps.back(), least);
  while (steps_between(from, to, step) > most) step *= 2;
  return grid_of(from, to, step);
}

HistorySteps::HistorySteps(HistoryGrid grid, Duration interval)
    : grid_(grid), interval_(interval), steps_(grid.count) {}

void HistorySteps::add(const GroupSample& sample) {
  const auto at = grid_.index(sample.at);
  if (!at || sample.gone) return;
  TotalsStep alone;
  alone.at = sample.at;
  alone.add(sample.totals);
  add(alone, interval_);
  const Offsets offsets = offsets_of(sample);
  steps_[*at].committed_offset = offsets.committed;
  steps_[*at].log_end = offsets.log_end;
}

void HistorySteps::add(const TotalsStep& totals, Duration length) {
  const auto at = grid_.index(totals.at);
  if (!at) return;
  HistoryStep& step = steps_[*at];
  step.recorded = true;
  step.status = step.status ? worse(*step.status, totals.worst) : totals.worst;
  note_lag(step, totals.lag_least, totals.lag_most, totals.lag_last);
  if (totals.time_lag_most) {
    step.time_lag_most = std::max(step.time_lag_most.value_or(0), *totals.time_lag_most);
  }
  if (totals.committed && totals.produced) {
    add_up(step.committed, totals.committed);
    add_up(step.produced, totals.produced);
    step.counted += length;
  }
}

std::vector<PartitionSteps> HistorySteps::partitions(
    const std::vector<GroupSample>& samples) const {
  std::map<std::pair<std::string, std::int32_t>, PartitionSteps> found;
  for (const GroupSample& sample : samples) {
    const auto at = grid_.index(sample.at);
    if (!at) continue;
    for (const TopicSample& topic : sample.topics) {
      for (std::size_t i = 0; i < topic.partitions.size(); ++i) {
        if (!topic.partitions[i].shown) continue;
        const auto number = static_cast<std::int32_t>(i);
        PartitionSteps& into = found[{topic.topic, number}];
        if (into.status.empty()) {
          into = {topic.topic, number, {}, {}};
          into.status.resize(grid_.count);
          into.lag.resize(grid_.count);
        }
        into.status[*at] = topic.partitions[i].status;
        into.lag[*at] = topic.partitions[i].lag;
      }
    }
  }
  std::vector<PartitionSteps> out;
  for (auto& [key, steps] : found) out.push_back(std::move(steps));
  return out;
}

std::vector<HistoryStep> steps_of_partition(const HistoryGrid& grid,
                                            const std::vector<GroupSample>& samples,
                                            const std::string& topic, std::int32_t partition) {
  std::vector<HistoryStep> out(grid.count);
  for (const GroupSample& sample : samples) {
    const auto at = grid.index(sample.at);
    const PartitionSample* const found = find_partition(sample, topic, partition);
    if (!at || found == nullptr) continue;
    HistoryStep& step = out[*at];
    step.recorded = true;
    step.partition_status = found->status;
    note_lag(step, found->lag, found->lag, found->lag);
    step.committed_offset = found->committed;
    step.log_end = found->log_end;
  }
  return out;
}

}  // namespace tidemark
