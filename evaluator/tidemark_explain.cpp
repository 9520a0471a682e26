// What there is to say of the tidemark verdicts.
#include <optional>
#include <string>

#include "evaluator/rules.h"
#include "evaluator/tidemark_case.h"
#include "evaluator/words.h"

namespace tidemark {
namespace {

using namespace grounds;
using words::span;

// A verdict and what its sentence needs beside it.
struct Told {
  const PartitionHistory& history;
  const Surroundings& around;
  const Policy& policy;
  const PartitionVerdict& verdict;

  [[nodiscard]] std::int64_t lag() const { return verdict.lag.value_or(0); }
  [[nodiscard]] Duration since(Instant at) const { return around.now - at; }
  [[nodiscard]] Offset committed() const { return history.newest().offset; }
};

Grounds::Facts stale(const Told& t) {
  if (t.around.offsets_held_since) {
    return HeldBack{HeldBack::By::transaction, t.since(*t.around.offsets_held_since), 0};
  }
  if (t.around.probing) return HeldBack{HeldBack::By::probe, {}, t.lag()};
  if (t.around.starting) return HeldBack{};
  if (!t.verdict.log_end_at) return OldView{};
  const Duration limit = 3 * t.policy.refresh;
  const Duration age = t.since(*t.verdict.log_end_at);
  if (age > limit) return OldView{OldView::Of::log_end, age, limit};
  const Duration offsets = t.around.offsets_seen ? t.since(*t.around.offsets_seen) : Duration{0};
  return OldView{OldView::Of::offsets, offsets, limit};
}

Grounds::Facts beyond_log_end(const Told& t) {
  const bool below = t.verdict.log_end && *t.verdict.log_end < t.committed();
  return BeyondLogEnd{t.committed(), below ? t.verdict.log_end : std::nullopt};
}

Grounds::Facts blocked(const Told& t) {
  Blocked out{.lag = t.lag(), .waiting = {}, .lso = t.around.lso, .lso_stands = {}};
  if (t.history.waiting_since.source != Since::Source::none) {
    out.waiting = t.since(t.history.waiting_since.at);
  }
  if (t.around.lso_since) out.lso_stands = t.since(*t.around.lso_since);
  return out;
}

Grounds::Facts stopped(const Told& t) {
  const Instant last = t.history.newest().at;
  const Instant waiting = t.history.waiting_since.at;
  Silence out{.lag = t.lag(),
              .since_commit = t.since(last),
              .waiting = {},
              .patience = patience(t.history, t.policy),
              .abandoned = t.verdict.reason == Reason::abandoned};
  if (waiting > last) out.waiting = t.since(waiting);
  return out;
}

Grounds::Facts rewind(const Told& t) {
  const LogEndHistory none;
  const auto drop = make_case(t.history, none, t.around, t.policy).open_drop;
  if (!drop) return WentBack{};
  return WentBack{t.lag(), t.since(drop->lower.at), drop->before, drop->lower.offset};
}

Grounds::Facts stalled(const Told& t) {
  return Repeats{t.lag(), t.committed(), t.history.newest().at - t.history.standing(),
                 patience(t.history, t.policy)};
}

Grounds::Facts late_run(const Told& t) {
  const Run& run = t.history.run;
  return LateRun{t.lag(), run.newest, run.worst, usual_lateness(t.history, t.around.now, t.policy),
                 t.verdict.reason == Reason::catching_up};
}

Grounds::Facts facts(const Told& t) {
  switch (t.verdict.reason) {
    case Reason::monitor_stale:
      return stale(t);
    case Reason::beyond_log_end:
      return beyond_log_end(t);
    case Reason::data_loss:
      return Lost{t.verdict.lost};
    case Reason::topic_left:
      return TopicLeft{t.lag()};
    case Reason::blocked_by_transaction:
      return blocked(t);
    case Reason::abandoned:
    case Reason::stopped:
      return stopped(t);
    case Reason::rewind:
      return rewind(t);
    case Reason::stalled:
      return stalled(t);
    case Reason::falling_behind:
    case Reason::catching_up:
      return late_run(t);
    default:
      break;
  }
  std::optional<Duration> commit_age;
  if (t.history.committed()) commit_age = t.since(t.history.newest().at);
  return plain_explanation(t.verdict.reason, t.verdict.lag, t.verdict.time_lag(t.around.now),
                           commit_age);
}

std::string still_waiting(std::int64_t lag, std::optional<Duration> time_lag) {
  std::string out = words::waiting(lag);
  if (time_lag && lag > 0)
    out += lag == 1 ? ", for " + span(time_lag) : ", the oldest for " + span(time_lag);
  return out;
}

}  // namespace

Grounds explain(const PartitionHistory& history, const Surroundings& around, const Policy& policy,
                const PartitionVerdict& verdict) {
  return Grounds(facts({history, around, policy, verdict}), verdict.unprobed);
}

std::string plain_explanation(Reason reason, std::optional<std::int64_t> lag,
                              std::optional<Duration> time_lag,
                              std::optional<Duration> commit_age) {
  const std::string last = commit_age ? "; last commit " + span(*commit_age) + " ago" : "";
  const std::int64_t waiting = lag.value_or(0);
  switch (reason) {
    case Reason::no_data:
      return "no commit was seen";
    case Reason::caught_up:
      if (waiting == 0) return "nothing waits" + last;
      return still_waiting(waiting, time_lag) + ", no more than the policy allows" + last;
    case Reason::warming_up:
      return still_waiting(waiting, time_lag) + "; its usual lateness is not known yet" + last;
    case Reason::keeping_up:
      return still_waiting(waiting, time_lag) + last;
    default:
      return std::string(to_string(reason));
  }
}

}  // namespace tidemark
