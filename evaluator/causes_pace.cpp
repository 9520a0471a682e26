// Producers that became faster, and groups that became slower.
#include <array>
#include <cmath>
#include <string_view>

#include "evaluator/causes.h"
#include "evaluator/causes_thresholds.h"
#include "evaluator/words.h"

namespace tidemark::causes {
namespace {

struct Pace {
  double produced_now;
  double produced_before;
  double consumed_now;
  double consumed_before;
};

bool sane(const std::optional<double>& rate) { return rate && std::isfinite(*rate) && *rate >= 0; }

// Null unless all four are known.
std::optional<Pace> pace_of(const PaceEvidence& of) {
  if (!sane(of.produced_now) || !sane(of.produced_before) || !sane(of.consumed_now) ||
      !sane(of.consumed_before)) {
    return std::nullopt;
  }
  return Pace{*of.produced_now, *of.produced_before, *of.consumed_now, *of.consumed_before};
}

bool unchanged(double now, double before) {
  return now <= before * unchanged_within && before <= now * unchanged_within;
}

bool enough(double per_second, const GroupEvidence& evidence) {
  return per_second * to_seconds(evidence.window) >= enough_records;
}

std::string before(const GroupEvidence& evidence) {
  const Duration length = evidence.pace.before_length;
  const bool hour = length <= Duration{0} || length == std::chrono::hours{1};
  return hour ? "the hour before" : "the " + words::rough(length) + " before";
}

// "half", "a fifth": of what was, when it is `times` less now.
std::string fraction(double times) {
  constexpr std::array<std::string_view, 9> names{"half",      "a third", "a quarter",
                                                  "a fifth",   "a sixth", "a seventh",
                                                  "an eighth", "a ninth", "a tenth"};
  const auto nearest = std::llround(std::min(times, 1000.0));
  if (nearest > 10) return words::share(1 / times);
  return std::string(names.at(static_cast<std::size_t>(std::max(nearest, 2LL) - 2)));
}

Finding made(FindingKind kind, std::string sentence, const Pace& pace, Duration length) {
  Finding out;
  out.kind = kind;
  out.sentence = std::move(sentence);
  out.numbers = {{"produced_per_second", pace.produced_now},
                 {"produced_per_second_before", pace.produced_before},
                 {"consumed_per_second", pace.consumed_now},
                 {"consumed_per_second_before", pace.consumed_before},
                 {"before_seconds", to_seconds(length)}};
  return out;
}

}  // namespace

Findings producer_burst(const Case& of) {
  const auto pace = pace_of(of.evidence.pace);
  if (!pace || of.late.empty() || !enough(pace->produced_now, of.evidence)) return {};
  const bool burst = pace->produced_now >= a_multiple * pace->produced_before;
  // It neither slowed down (that would be a cause of its own) nor follows.
  const bool still_reads = pace->consumed_now > 0 &&
                           pace->consumed_now * unchanged_within >= pace->consumed_before &&
                           pace->consumed_now * unchanged_within <= pace->produced_now;
  if (!burst || !still_reads) return {};
  const bool same = unchanged(pace->consumed_now, pace->consumed_before);
  const std::string than =
      pace->produced_before > 0
          ? words::factor(pace->produced_now / pace->produced_before) + "× " + before(of.evidence)
          : "nothing in " + before(of.evidence);
  return {made(FindingKind::producer_burst,
               "Producers write " + words::rate(pace->produced_now) + ", " + than + "; the group " +
                   (same ? "still " : "") + "reads " + words::rate(pace->consumed_now) + ".",
               *pace, of.evidence.pace.before_length)};
}

Findings consumer_slower(const Case& of) {
  const auto pace = pace_of(of.evidence.pace);
  if (!pace || of.late.empty() || !enough(pace->consumed_before, of.evidence)) return {};
  // Reading nothing at all is what the verdict says already.
  const bool slower =
      pace->consumed_now > 0 && pace->consumed_now * a_multiple <= pace->consumed_before;
  // Reading all that arrives is not slow, whatever there was to catch up with before.
  const bool too_slow = pace->consumed_now * unchanged_within <= pace->produced_now;
  if (!slower || !too_slow || !unchanged(pace->produced_now, pace->produced_before)) return {};
  const double times = pace->consumed_before / pace->consumed_now;
  return {made(FindingKind::consumer_slower,
               "The group reads " + words::rate(pace->consumed_now) + ", " + fraction(times) +
                   " of " + before(of.evidence) + "; producers unchanged at " +
                   words::rate(pace->produced_now) + ".",
               *pace, of.evidence.pace.before_length)};
}

}  // namespace tidemark::causes
