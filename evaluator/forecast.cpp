// How long it takes at today's speeds.
#include "evaluator/forecast.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace tidemark {
namespace {

using forecasts::Waiting;

// What takes longer than this at a speed that is measured over minutes, never happens.
constexpr double never_seconds = 30.0 * 86'400;

bool is_stopped(const PartitionEvidence& of) {
  return of.status == PartitionStatus::stopped || of.status == PartitionStatus::stalled;
}

// The group's speeds: null if that of one partition is not known.
void add(std::optional<Speed>& sum, const std::optional<Speed>& speed) {
  if (!sum || !speed) {
    sum.reset();
    return;
  }
  sum->low += speed->low;
  sum->likely += speed->likely;
  sum->high += speed->high;
}

void add_speeds(Forecast& to, const GroupEvidence& evidence) {
  const bool any = std::any_of(evidence.topics.begin(), evidence.topics.end(),
                               [](const TopicEvidence& each) { return !each.partitions.empty(); });
  if (!any) return;
  to.produced = to.consumed = Speed{};
  for (const TopicEvidence& topic : evidence.topics) {
    for (const PartitionEvidence& each : topic.partitions) {
      const auto produced = forecasts::sane(each.produced);
      auto consumed = forecasts::reads(each);
      // Where nothing waits, all that comes is read.
      if (!consumed && each.lag == 0) consumed = produced;
      add(to.produced, produced);
      add(to.consumed, consumed);
    }
  }
}

// Seconds until `records` are worked off; null: never.
std::optional<Duration> takes(double records, double per_second) {
  if (!(per_second > 0) || records / per_second > never_seconds) return std::nullopt;
  return Duration{std::llround(records / per_second * 1000)};
}

Outlook catch_up_of(const Waiting& of) {
  const auto lag = static_cast<double>(of.lag);
  return {takes(lag, of.consumed.likely - of.produced.likely),
          takes(lag, of.consumed.high - of.produced.low),
          takes(lag, of.consumed.low - of.produced.high)};
}

// The later of two; never is later than any.
std::optional<Duration> later(std::optional<Duration> a, std::optional<Duration> b) {
  return a && b ? std::optional(std::max(*a, *b)) : std::nullopt;
}

// All are caught up when the last one is.
std::optional<Outlook> catch_up(const std::vector<Waiting>& waiting, bool all_known) {
  if (waiting.empty()) return std::nullopt;
  Outlook out{Duration{0}, Duration{0}, Duration{0}};
  for (const Waiting& each : waiting) {
    const Outlook of = catch_up_of(each);
    out = {later(out.likely, of.likely), later(out.soonest, of.soonest),
           later(out.latest, of.latest)};
  }
  // What is not known of the others may make it later, but no sooner: "never" is certain.
  if (!all_known && out.likely) return std::nullopt;
  if (!all_known) out.soonest = out.latest = std::nullopt;
  return out;
}

// A measured rate is off by so much.
constexpr double holds_within = 1.02;

std::optional<double> faster_to_hold(const std::vector<Waiting>& waiting) {
  double produced = 0;
  double consumed = 0;
  for (const Waiting& each : waiting) {
    if (!(each.consumed.likely > 0)) return std::nullopt;  // no number of times makes that more
    produced += each.produced.likely;
    consumed += each.consumed.likely;
  }
  if (waiting.empty() || produced <= consumed * holds_within) return std::nullopt;
  return produced / consumed;
}

bool reads_nothing(const std::vector<Waiting>& waiting) {
  return std::all_of(waiting.begin(), waiting.end(),
                     [](const Waiting& each) { return !(each.consumed.likely > 0); });
}

}  // namespace

namespace forecasts {

std::optional<Speed> sane(const std::optional<Speed>& speed) {
  if (!speed) return std::nullopt;
  std::array<double, 3> values{speed->low, speed->likely, speed->high};
  for (double& value : values) {
    if (!std::isfinite(value)) return std::nullopt;
    value = std::max(value, 0.0);
  }
  std::sort(values.begin(), values.end());
  return Speed{values[0], values[1], values[2]};
}

std::optional<Speed> reads(const PartitionEvidence& of) {
  return is_stopped(of) ? std::optional(Speed{}) : sane(of.consumed);
}

bool is_to_catch_up(const PartitionEvidence& of) {
  const bool can = of.reason != Reason::data_loss && of.reason != Reason::beyond_log_end;
  return can && of.lag != 0 && (of.bad || of.reason == Reason::catching_up);
}

std::optional<Waiting> waiting_of(const PartitionEvidence& of) {
  const auto produced = sane(of.produced);
  const auto consumed = reads(of);
  const bool readable =
      of.reason != Reason::blocked_by_transaction && of.reason != Reason::monitor_stale;
  if (!readable || !of.lag || *of.lag < 0 || !produced || !consumed) return std::nullopt;
  return Waiting{*of.lag, *produced, *consumed};
}

}  // namespace forecasts

Forecast forecast(const GroupEvidence& evidence) {
  Forecast out;
  add_speeds(out, evidence);
  std::vector<Waiting> waiting;
  bool all_known = true;
  for (const TopicEvidence& topic : evidence.topics) {
    for (const PartitionEvidence& each : topic.partitions) {
      if (!forecasts::is_to_catch_up(each)) continue;
      const auto of = forecasts::waiting_of(each);
      if (of) waiting.push_back(*of);
      all_known = all_known && of.has_value();
    }
  }
  out.catch_up = catch_up(waiting, all_known);
  if (out.catch_up && !out.catch_up->likely) out.faster_to_hold = faster_to_hold(waiting);
  out.until_loss = forecasts::until_loss(evidence);
  out.sentence = forecasts::sentence(out, reads_nothing(waiting));
  return out;
}

}  // namespace tidemark
