// The tidemark rules, one predicate each, in their order.
#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "evaluator/rules.h"
#include "evaluator/tidemark_case.h"
#include "evaluator/words.h"

namespace tidemark {
namespace {

using words::number;
using words::span;

std::string lag_text(const Case& c) { return c.live_lag ? number(*c.live_lag) : "unknown"; }

bool lag_tolerated(const Case& c) { return c.live_lag && *c.live_lag <= c.policy.allowed_lag; }

std::string beyond_patience(std::string_view what, Maybe<Duration> span_of, Duration limit) {
  return std::string(what) + " " + span(span_of) + (span_of && *span_of > limit ? " > " : " ≤ ") +
         span(limit);
}

// Rules that accuse wait for the probe.
std::string accusation(const Case& c, std::string_view what, Maybe<Duration> span_of,
                       Duration limit) {
  return beyond_patience(what, span_of, limit) + (c.around.probing ? ", a probe is under way" : "");
}

// --- the predicates, and the numbers that each compares ----------------------------------------

bool no_data(const Case& c) { return !c.history.committed(); }
std::string no_data_numbers(const Case& c) {
  return c.history.committed() ? "a commit was seen" : "no commit was seen";
}

bool monitor_stale(const Case& c) { return c.stale; }
std::string monitor_stale_numbers(const Case& c) {
  return "log end seen " + span(c.log_end_age) + " ago, offsets topic read until " +
         span(c.offsets_age) + " ago, limit " + span(c.stale_after) +
         (c.around.starting ? ", start-up goes on" : "") +
         (c.around.probing ? ", a probe is under way" : "");
}

bool beyond_log_end(const Case& c) { return c.history.beyond_log_end; }
std::string beyond_log_end_numbers(const Case& c) {
  const std::string end = c.log_ends.empty() ? "unknown" : number(c.log_ends.newest().end);
  const std::string at = c.history.committed() ? number(c.history.newest().offset) : "none";
  return "committed offset " + at + ", log end now " + end;
}

bool data_loss(const Case& c) { return c.lost > 0 && lag_tolerated(c); }
std::string data_loss_numbers(const Case& c) {
  return "lost " + number(c.lost) + ", live lag " + lag_text(c);
}

bool caught_up(const Case& c) { return lag_tolerated(c); }
std::string caught_up_numbers(const Case& c) {
  return "live lag " + lag_text(c) + (lag_tolerated(c) ? " ≤ " : " > ") + "allowed_lag " +
         number(c.policy.allowed_lag);
}

bool topic_left(const Case& c) {
  return c.around.has_members.value_or(false) && !c.around.assigned.value_or(true);
}
std::string topic_left_numbers(const Case& c) {
  const auto word = [](std::optional<bool> known) {
    if (!known) return "unknown";
    return *known ? "yes" : "no";
  };
  return std::string("live members: ") + word(c.around.has_members) +
         ", assigned or subscribed: " + word(c.around.assigned);
}

bool blocked(const Case& c) {
  return c.history.committed() && c.around.lso && !c.log_ends.empty() &&
         c.history.position() >= *c.around.lso && *c.around.lso < c.log_ends.newest().end;
}
std::string blocked_numbers(const Case& c) {
  return "position " + (c.history.committed() ? number(c.history.position()) : "none") +
         ", last stable offset " + (c.around.lso ? number(*c.around.lso) : "at the log end");
}

bool abandoned(const Case& c) {
  return !c.around.probing && c.silent && *c.silent > c.patience + c.policy.abandoned_after;
}
std::string abandoned_numbers(const Case& c) {
  return accusation(c, "waiting without a commit for", c.silent,
                    c.patience + c.policy.abandoned_after);
}

bool stopped(const Case& c) { return !c.around.probing && c.silent && *c.silent > c.patience; }
std::string stopped_numbers(const Case& c) {
  return accusation(c, "waiting without a commit for", c.silent, c.patience);
}

bool rewind(const Case& c) {
  return c.open_drop && c.around.now - c.open_drop->lower.at > c.policy.slot();
}
std::string rewind_numbers(const Case& c) {
  const auto& drop = c.open_drop;
  if (!drop) return "no step back that is not recovered";
  return "from " + number(drop->before) + " back to " + number(drop->lower.offset) + ", " +
         beyond_patience("for", c.around.now - drop->lower.at, c.policy.slot());
}

bool stalled(const Case& c) { return !c.around.probing && c.stuck && *c.stuck > c.patience; }
std::string stalled_numbers(const Case& c) {
  if (c.stuck && *c.stuck < Duration{0}) return "no commit since what waits was written";
  return accusation(c, "commits repeat over waiting records for", c.stuck, c.patience);
}

bool falling_behind(const Case& c) { return c.history.run.falling_behind; }
bool warming_up(const Case& c) { return !c.history.run.any_lateness; }
bool catching_up(const Case& c) {
  const Run& run = c.history.run;
  return run.open && run.lateness_in_run && 4 * run.newest < 3 * run.worst;
}
std::string run_numbers(const Case& c) {
  const Run& run = c.history.run;
  if (!run.any_lateness) return "no move of known lateness";
  if (!run.open || !run.lateness_in_run) return "no run";
  return "lateness " + span(run.newest) + ", in this run least " + span(run.least) + ", worst " +
         span(run.worst);
}

bool always(const Case&) { return true; }

struct Rule {
  int number;
  Reason reason;
  PartitionStatus status;
  bool (*holds)(const Case&);
  std::string (*numbers)(const Case&);
};

constexpr std::array rules = {
    Rule{1, Reason::no_data, PartitionStatus::unknown, no_data, no_data_numbers},
    Rule{2, Reason::monitor_stale, PartitionStatus::unknown, monitor_stale, monitor_stale_numbers},
    Rule{3, Reason::beyond_log_end, PartitionStatus::unknown, beyond_log_end,
         beyond_log_end_numbers},
    Rule{4, Reason::data_loss, PartitionStatus::ok, data_loss, data_loss_numbers},
    Rule{5, Reason::caught_up, PartitionStatus::ok, caught_up, caught_up_numbers},
    Rule{6, Reason::topic_left, PartitionStatus::ok, topic_left, topic_left_numbers},
    Rule{7, Reason::blocked_by_transaction, PartitionStatus::ok, blocked, blocked_numbers},
    Rule{8, Reason::abandoned, PartitionStatus::stopped, abandoned, abandoned_numbers},
    Rule{9, Reason::stopped, PartitionStatus::stopped, stopped, stopped_numbers},
    Rule{10, Reason::rewind, PartitionStatus::rewind, rewind, rewind_numbers},
    Rule{11, Reason::stalled, PartitionStatus::stalled, stalled, stalled_numbers},
    Rule{12, Reason::falling_behind, PartitionStatus::ok, falling_behind, run_numbers},
    Rule{13, Reason::warming_up, PartitionStatus::ok, warming_up, run_numbers},
    Rule{13, Reason::catching_up, PartitionStatus::ok, catching_up, run_numbers},
    Rule{13, Reason::keeping_up, PartitionStatus::ok, always, run_numbers},
};

// Unrolled, so that the predicates are not called through pointers.
template <std::size_t... I>
const Rule& first_that_holds(const Case& c, std::index_sequence<I...>) {
  const Rule* found = nullptr;
  static_cast<void>(((rules[I].holds(c) && (found = &rules[I]) != nullptr) || ...));
  return *found;
}

Conditions conditions_of(const Case& c, const PartitionVerdict& verdict) {
  Conditions out;
  if (c.lost > 0) out.set(Condition::data_loss);
  if (c.policy.max_time_lag > Duration{0}) {
    const auto time_lag = verdict.time_lag(c.around.now);
    if (time_lag && *time_lag > c.policy.max_time_lag) out.set(Condition::over_max_time_lag);
  }
  if (verdict.reason == Reason::topic_left && c.around.end_at_commit && !c.log_ends.empty() &&
      c.log_ends.newest().end > *c.around.end_at_commit) {
    out.set(Condition::unsubscribed);
  }
  return out;
}

constexpr Duration tick{1};  // most comparisons ask for more than a limit

Maybe<Instant> stale_from(const Case& c, const PartitionVerdict& verdict) {
  if (!verdict.log_end_at) return std::nullopt;
  const Instant log_end_at = *verdict.log_end_at;
  return std::min(log_end_at, c.around.offsets_seen.value_or(log_end_at)) + c.stale_after + tick;
}

// When time alone may change something next: each instant at which a comparison with `now` turns.
Maybe<Instant> due_after(const Case& c, const PartitionVerdict& verdict) {
  constexpr Instant never = Instant::max();
  Instant due = never;
  const auto turns = [&](Instant at) {
    if (at > c.around.now && at < due) due = at;
  };
  const auto after = [&](Maybe<Instant> from, Duration limit) {
    if (from) turns(*from + limit + tick);
  };
  if (!c.history.committed()) return std::nullopt;
  after(c.silent_since, c.patience);
  after(c.silent_since, c.patience + c.policy.abandoned_after);
  if (c.open_drop) after(c.open_drop->lower.at, c.policy.slot());
  if (c.waiting_since) turns(*c.waiting_since + c.policy.blocked_after);
  if (c.policy.max_time_lag > Duration{0}) after(verdict.unread_since, c.policy.max_time_lag);
  return due == never ? Maybe<Instant>() : due;
}

void trace_into(Trace& trace, const Case& c) {
  for (const Rule& rule : rules) {
    trace.push_back({rule.number, to_string(rule.reason), rule.holds(c), rule.numbers(c)});
  }
}

void say_lag(PartitionVerdict& verdict, const Case& c) {
  verdict.lost = c.lost;
  if (!c.log_ends.empty()) {
    verdict.log_end = c.log_ends.newest().end;
    verdict.log_end_at = c.log_ends.newest().at;
  }
  if (c.history.beyond_log_end) return;
  verdict.lag = c.live_lag;
  const Since& unread = c.history.unread_since;
  const bool known =
      unread.source == Since::Source::history || unread.source == Since::Source::probe;
  if (known && c.live_lag.value_or(0) > 0) verdict.unread_since = unread.at;
}

}  // namespace

PartitionVerdict judge_tidemark(const PartitionHistory& history, const LogEndHistory& log_ends,
                                const Surroundings& around, const Policy& policy, Trace* trace) {
  const Case c = make_case(history, log_ends, around, policy);
  const Rule& rule = first_that_holds(c, std::make_index_sequence<rules.size()>{});
  PartitionVerdict out;
  out.status = rule.status;
  out.reason = rule.reason;
  out.stale = out.reason == Reason::monitor_stale;
  if (out.stale) out.status = around.previous.value_or(PartitionStatus::unknown);
  out.samples = static_cast<int>(history.window.size());
  out.intervals = policy.intervals;
  say_lag(out, c);
  out.blocked_long = out.reason == Reason::blocked_by_transaction && c.waiting_since &&
                     around.now - *c.waiting_since >= policy.blocked_after;
  out.unprobed = around.unprobed && !out.stale &&
                 (out.status == PartitionStatus::stopped || out.status == PartitionStatus::stalled);
  out.conditions = conditions_of(c, out);
  mark_learning(out, c);
  out.due = due_after(c, out);
  out.stale_from = stale_from(c, out);
  if (trace != nullptr) trace_into(*trace, c);
  return out;
}

}  // namespace tidemark
