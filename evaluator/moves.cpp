#include "evaluator/moves.h"

#include <algorithm>
#include <limits>

namespace tidemark {
namespace {

// From here on moves that nothing can change any more are judged without a refresh, so that a topic
// whose log end can't be read costs no more than others.
constexpr std::size_t few_pending = 8;
// Thousands of moves between two refreshes: the oldest are judged as if unseen.
constexpr std::size_t most_pending = 4096;
constexpr int hole_refreshes = 3;

// A move, as the first refresh at or after it shows it.
struct Judged {
  Duration gap{0};
  std::optional<Duration> lateness;  // null: not known
  bool step_back = false;
  bool leaves_waiting = false;  // for longer than allowed_time_lag, or perhaps so
};

Duration not_negative(Duration span) { return std::max(span, Duration{0}); }

// Where waiting for more than is tolerated behind `position` began, as the first refresh at or
// after `when` shows it. `blind`: that refresh is still to come, and will show it for the first
// time.
Crossing passed(Offset position, Instant when, const LogEndHistory& log_ends, const Policy& policy,
                bool blind) {
  Crossing out = log_ends.crossing_known_at(tolerated(position, policy), when);
  if (blind && out.kind == Crossing::Kind::not_passed) out.kind = Crossing::Kind::unseen;
  return out;
}

Judged see(const PendingMove& move, const LogEndHistory& log_ends, const Policy& policy,
           bool blind) {
  using Kind = Crossing::Kind;
  Judged out;
  Crossing since{Kind::shown, move.waiting_since.at};
  if (move.waiting_since.source != Since::Source::history) {
    since = passed(move.position, move.at, log_ends, policy, blind);
  }
  if (since.kind == Kind::unseen) {
    out.gap = not_negative(move.at - move.standing_since);
  } else if (since.kind == Kind::shown) {
    out.gap = not_negative(move.at - std::max(move.standing_since, since.at));
  }
  out.step_back = move.reached < move.left;
  if (!out.step_back && since.kind != Kind::unseen) {
    out.lateness = since.kind == Kind::shown ? not_negative(move.at - since.at) : Duration{0};
  }
  const Crossing left = passed(move.reached, move.at, log_ends, policy, blind);
  out.leaves_waiting = left.kind == Kind::unseen ||
                       (left.kind == Kind::shown && move.at - left.at > policy.allowed_time_lag);
  return out;
}

void remember_gap(RememberedFour& gaps, const Judged& move, Instant at, const Policy& policy) {
  if (move.gap == Duration{0}) return;
  const Instant beginning = at - move.gap;
  gaps.keep_if([&](const Remembered& entry) {
    Duration life = 5 * entry.length;
    if (entry.length <= policy.patience_unknown) life = std::max(life, policy.remember);
    return beginning - entry.from <= life;
  });
  gaps.add({move.gap, at});
}

void take_lateness(PartitionHistory& history, Duration lateness, Instant at, const Policy& policy) {
  Run& run = history.run;
  run.any_lateness = true;
  run.worst = run.lateness_in_run ? std::max(run.worst, lateness) : lateness;
  run.least = run.lateness_in_run ? std::min(run.least, lateness) : lateness;
  run.lateness_in_run = true;
  run.newest = lateness;
  if (4 * lateness < 3 * run.worst) run.falling_behind = false;
  if (lateness == run.worst && lateness - run.least >= policy.allowed_time_lag &&
      lateness >= 3 * usual_lateness(history, at, policy)) {
    run.falling_behind = true;
  }
}

// A run's memory of "was any lateness ever known" outlives it.
void close_run(Run& run) {
  const bool any = run.any_lateness;
  run = Run{};
  run.any_lateness = any;
}

void end_run(PartitionHistory& history, Instant at, const Policy& policy) {
  const Run& run = history.run;
  if (run.lateness_in_run && run.worst > Duration{0} && !run.held_outage) {
    history.lateness.keep_if(
        [&](const Remembered& entry) { return at - entry.from <= policy.remember; });
    history.lateness.add({run.worst, at});
  }
  close_run(history.run);
}

void begin_afresh(Run& run) {
  run.held_outage = true;
  run.falling_behind = false;
  run.lateness_in_run = false;
  run.worst = run.least = run.newest = Duration{0};
}

void take(PartitionHistory& history, const Judged& move, Instant at, const Policy& policy) {
  const bool outage = move.gap > patience(history, policy);
  remember_gap(history.gaps, move, at, policy);
  if (move.step_back) {
    close_run(history.run);
    return;
  }
  history.run.open = true;
  if (outage) begin_afresh(history.run);
  if (move.lateness) take_lateness(history, *move.lateness, at, policy);
  if (!move.leaves_waiting) end_run(history, at, policy);
}

// Whether the next refresh, whatever it brings, will show the log end past what the oldest pending
// move left and reached, after a hole: then there is nothing to wait for.
bool certain(const PartitionHistory& history, const LogEndHistory& log_ends, const Policy& policy) {
  const PendingMove& move = history.pending.front();
  const PendingMove& last = history.pending.back();
  const Offset past = tolerated(std::max(move.position, move.reached), policy);
  const bool hole =
      log_ends.empty() || last.at - log_ends.newest().at > hole_refreshes * policy.refresh;
  return hole && last.reached > past;
}

}  // namespace

Offset tolerated(Offset position, const Policy& policy) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  return Offset{position.get() > most - policy.allowed_lag ? most
                                                           : position.get() + policy.allowed_lag};
}

void judge_pending(PartitionHistory& history, const LogEndHistory& log_ends, const Policy& policy) {
  auto& pending = history.pending;
  auto next = pending.begin();
  if (!log_ends.empty()) {
    for (; next != pending.end() && next->at <= log_ends.newest().at; ++next) {
      take(history, see(*next, log_ends, policy, false), next->at, policy);
    }
  }
  pending.erase(pending.begin(), next);
  while (pending.size() > most_pending ||
         (pending.size() > few_pending && certain(history, log_ends, policy))) {
    const PendingMove oldest = pending.front();
    pending.erase(pending.begin());
    take(history, see(oldest, log_ends, policy, true), oldest.at, policy);
  }
}

}  // namespace tidemark
