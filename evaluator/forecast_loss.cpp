// When retention removes what a group has not read.
#include <algorithm>
#include <cmath>

#include "evaluator/causes.h"
#include "evaluator/forecast.h"

namespace tidemark::forecasts {
namespace {

// What is further away than any topic's retention means nothing.
constexpr double never_seconds = 10.0 * 365 * 86'400;

enum class Fate { never_removed, not_known, by_age };

// Bytes are not told here: a topic that is cut by size may lose records long before their age.
Fate fate_of(const TopicEvidence& topic) {
  if (!topic.settings_known) return Fate::not_known;
  if (!topic.settings.deletes) return Fate::never_removed;
  if (topic.settings.retention_bytes) return Fate::not_known;
  return topic.settings.retention ? Fate::by_age : Fate::never_removed;
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

// Of one that is in danger; null: not known.
std::optional<Outlook> loss_of(const PartitionEvidence& of, const TopicEvidence& topic,
                               Instant now) {
  const Fate fate = fate_of(topic);
  if (fate == Fate::never_removed) return Outlook{};
  const auto consumed = reads_now(of);
  const bool known = of.lag && *of.lag > 0 && of.unread_since && consumed &&
                     of.reason != Reason::monitor_stale && fate == Fate::by_age;
  if (!known) return std::nullopt;
  const double age = to_seconds(causes::elapsed(now, *of.unread_since));
  const double left = to_seconds(*topic.settings.retention) - age;
  const double written = static_cast<double>(*of.lag) / std::max(age, 0.001);
  return Outlook{gone_in(left, consumed->likely / written), gone_in(left, consumed->low / written),
                 gone_in(left, consumed->high / written)};
}

// The earlier of two; never is earlier than nothing.
std::optional<Duration> earlier(std::optional<Duration> a, std::optional<Duration> b) {
  return a && b ? std::min(a, b) : a ? a : b;
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
      first = {earlier(first.likely, of->likely), earlier(first.soonest, of->soonest),
               earlier(first.latest, of->latest)};
    }
  }
  // A loss that is known of is coming whatever is not known of others; that none is, is not.
  if (!any_waits || (!all_known && !first.soonest)) return std::nullopt;
  return first;
}

}  // namespace tidemark::forecasts
