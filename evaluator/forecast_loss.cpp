// When retention removes what a group has not read.
#include <algorithm>
#include <cmath>

#include "evaluator/causes.h"
#include "evaluator/forecast.h"

namespace tidemark::forecasts {
namespace {

// What is further away than any topic's retention means nothing.
constexpr double never_seconds = 10.0 * 365 * 86'400;

bool is_kept_for_ever(const TopicSettings& settings) {
  return !settings.deletes || (!settings.retention && !settings.retention_bytes);
}

// The oldest unread record has `left` seconds until it is too old, and the reader moves through
// what waits, `speed` of the speed that it was written with: at 1 its age stays as it is.
std::optional<Duration> gone_in(double left, double speed) {
  if (left <= 0) return Duration{0};
  if (speed >= 1 || left / (1 - speed) > never_seconds) return std::nullopt;
  return Duration{std::llround(left / (1 - speed) * 1000)};
}

// What waits in the ordinary course of reading is in no danger while it is young.
bool is_in_danger(const PartitionEvidence& of, const TopicEvidence& topic, Instant now) {
  if (of.lag == 0) return false;
  if (is_to_catch_up(of)) return true;
  return of.unread_since && topic.settings.retention &&
         causes::elapsed(now, *of.unread_since) >= *topic.settings.retention / 2;
}

std::optional<Speed> reads_now(const PartitionEvidence& of) {
  return of.reason == Reason::blocked_by_transaction ? std::optional(Speed{}) : reads(of);
}

std::optional<Outlook> by_age(const PartitionEvidence& of, Duration retention,
                              const Speed& consumed, Instant now) {
  if (!of.unread_since) return std::nullopt;
  const double age = to_seconds(causes::elapsed(now, *of.unread_since));
  const double left = to_seconds(retention) - age;
  const double written = static_cast<double>(*of.lag) / std::max(age, 0.001);
  return Outlook{gone_in(left, consumed.likely / written), gone_in(left, consumed.low / written),
                 gone_in(left, consumed.high / written)};
}

// What is written pushes the oldest records out, and the reader moves away from them.
std::optional<Outlook> by_size(const PartitionEvidence& of, const Speed& consumed) {
  const auto produced = sane(of.produced);
  if (!of.fits || !produced) return std::nullopt;
  const auto room = static_cast<double>(*of.fits - *of.lag);
  const auto at = [&](double in, double out) -> std::optional<Duration> {
    if (room <= 0) return Duration{0};
    if (in <= out || room / (in - out) > never_seconds) return std::nullopt;
    return Duration{std::llround(room / (in - out) * 1000)};
  };
  return Outlook{at(produced->likely, consumed.likely), at(produced->high, consumed.low),
                 at(produced->low, consumed.high)};
}

// The earlier of two; never is later than anything.
std::optional<Duration> earlier(std::optional<Duration> a, std::optional<Duration> b) {
  return a && b ? std::min(a, b) : a ? a : b;
}
Outlook earlier(const Outlook& a, const Outlook& b) {
  return {earlier(a.likely, b.likely), earlier(a.soonest, b.soonest), earlier(a.latest, b.latest)};
}

// Of one that is in danger; null: not known. A topic that is cut by size may lose records long
// before their age: where it is not known how many fit, the age alone says too little.
std::optional<Outlook> loss_of(const PartitionEvidence& of, const TopicEvidence& topic,
                               Instant now) {
  if (!topic.settings_known) return std::nullopt;
  if (is_kept_for_ever(topic.settings)) return Outlook{};
  const auto consumed = reads_now(of);
  if (of.lag.value_or(0) <= 0 || !consumed || of.reason == Reason::monitor_stale) {
    return std::nullopt;
  }
  Outlook out;
  const TopicSettings& settings = topic.settings;
  for (const auto& limit :
       {settings.retention ? by_age(of, *settings.retention, *consumed, now) : Outlook{},
        settings.retention_bytes ? by_size(of, *consumed) : Outlook{}}) {
    if (!limit) return std::nullopt;
    out = earlier(out, *limit);
  }
  return out;
}

}  // namespace

std::optional<Outlook> until_loss(const GroupEvidence& evidence) {
  Outlook first;
  bool all_known = true;
  bool any_waits = false;
  for (const TopicEvidence& topic : evidence.topics) {
    for (const PartitionEvidence& each : topic.partitions) {
      if (!is_in_danger(each, topic, evidence.now)) continue;
      any_waits = true;
      const auto of = loss_of(each, topic, evidence.now);
      all_known = all_known && of;
      if (!of) continue;
      first = earlier(first, *of);
    }
  }
  // A loss that is known of is coming whatever is not known of others; that none is, is not.
  if (!any_waits || (!all_known && !first.soonest)) return std::nullopt;
  return first;
}

}  // namespace tidemark::forecasts
