// The burrow rules: Burrow's own evaluation, for those who want to keep its verdicts.
#include <algorithm>
#include <array>

#include "evaluator/rules.h"
#include "evaluator/words.h"

namespace tidemark {
namespace {

using words::number;
using words::span;

struct Case {
  const BurrowHistory& history;
  const std::vector<LogEnd>& log_ends;
  const Surroundings& around;
  const Policy& policy;
  std::optional<std::int64_t> live_lag{};

  [[nodiscard]] const std::vector<BurrowSample>& window() const { return history.window; }
  [[nodiscard]] bool lag_tolerated() const { return !live_lag || *live_lag <= policy.allowed_lag; }
  [[nodiscard]] double complete() const {
    return static_cast<double>(window().size()) / policy.intervals;
  }
};

// --- the predicates; only `quiet` may be asked without any sample -------------------------------

bool not_found(const Case& c) {
  return !c.window().empty() && c.around.now - c.history.newest_commit > c.policy.expire_group;
}

bool quiet(const Case& c) {
  return c.window().empty() || c.lag_tolerated() || c.complete() < c.policy.minimum_complete;
}

bool stop(const Case& c) {
  const BurrowSample& last = c.window().back();
  return c.around.now - last.at > last.at - c.window().front().at &&
         std::none_of(c.log_ends.begin(), c.log_ends.end(),
                      [&](const LogEnd& seen) { return seen.end <= last.offset; });
}

bool rewind(const Case& c) {
  const auto& window = c.window();
  const auto drop = std::adjacent_find(
      window.begin(), window.end(),
      [](const BurrowSample& a, const BurrowSample& b) { return b.offset < a.offset; });
  if (drop == window.end()) return false;
  return std::none_of(drop + 1, window.end(),
                      [&](const BurrowSample& later) { return later.offset >= drop->offset; });
}

bool once_tolerated(const Case& c) {
  return std::any_of(c.window().begin(), c.window().end(), [&](const BurrowSample& sample) {
    return sample.lag && *sample.lag <= c.policy.allowed_lag;
  });
}

bool stall(const Case& c) {
  return std::all_of(c.window().begin(), c.window().end(), [&](const BurrowSample& sample) {
    return sample.offset == c.window().front().offset;
  });
}

bool lag_never_decreases(const Case& c) {
  std::optional<std::int64_t> before;
  for (const BurrowSample& sample : c.window()) {
    if (!sample.lag) continue;
    if (before && *sample.lag < *before) return false;
    before = sample.lag;
  }
  return true;
}

bool always(const Case&) { return true; }

// --- what each compares --------------------------------------------------------------------------

std::string age_numbers(const Case& c) {
  if (c.window().empty()) return "no commit was seen";
  return "newest commit " + span(c.around.now - c.history.newest_commit) + " ago, expire_group " +
         span(c.policy.expire_group);
}

std::string lag_numbers(const Case& c) {
  return "live lag " + (c.live_lag ? number(*c.live_lag) : "unknown") + ", allowed_lag " +
         number(c.policy.allowed_lag) + "; " + std::to_string(c.window().size()) + " of " +
         std::to_string(c.policy.intervals) + " samples";
}

std::string stop_numbers(const Case& c) {
  if (c.window().empty()) return "no commit was seen";
  const BurrowSample& last = c.window().back();
  return "last sample " + span(c.around.now - last.at) + " ago, window " +
         span(last.at - c.window().front().at) + " long";
}

std::string offset_numbers(const Case& c) {
  std::string out = "offsets";
  for (const BurrowSample& sample : c.window()) out += " " + std::to_string(sample.offset.get());
  return out;
}

std::string sample_lag_numbers(const Case& c) {
  std::string out = "lags";
  for (const BurrowSample& sample : c.window()) {
    out += " " + (sample.lag ? std::to_string(*sample.lag) : "?");
  }
  return out;
}

struct Rule {
  int number;
  Reason reason;
  PartitionStatus status;
  bool (*holds)(const Case&);
  std::string (*numbers)(const Case&);
};

constexpr std::array rules = {
    Rule{0, Reason::burrow_not_found, PartitionStatus::not_found, not_found, age_numbers},
    Rule{0, Reason::burrow_ok, PartitionStatus::ok, quiet, lag_numbers},
    Rule{1, Reason::burrow_stop, PartitionStatus::stopped, stop, stop_numbers},
    Rule{2, Reason::burrow_rewind, PartitionStatus::rewind, rewind, offset_numbers},
    Rule{3, Reason::burrow_ok, PartitionStatus::ok, once_tolerated, sample_lag_numbers},
    Rule{4, Reason::burrow_stall, PartitionStatus::stalled, stall, offset_numbers},
    Rule{5, Reason::burrow_warn, PartitionStatus::warn, lag_never_decreases, sample_lag_numbers},
    Rule{6, Reason::burrow_ok, PartitionStatus::ok, always, sample_lag_numbers},
};

bool holds(const Rule& rule, const Case& c) {
  const bool needs_samples = rule.number >= 1 && rule.number <= 5;
  return !(needs_samples && c.window().empty()) && rule.holds(c);
}

Case make_case(const BurrowHistory& history, const std::vector<LogEnd>& log_ends,
               const Surroundings& around, const Policy& policy) {
  Case c{history, log_ends, around, policy};
  if (history.window.empty()) return c;
  if (around.live_lag) {
    c.live_lag = around.live_lag;
  } else if (!log_ends.empty()) {
    c.live_lag = std::max<std::int64_t>(0, log_ends.back().end - history.window.back().offset);
  }
  return c;
}

std::optional<Instant> due_after(const Case& c) {
  if (c.window().empty()) return std::nullopt;
  constexpr Duration tick{1};
  const BurrowSample& last = c.window().back();
  const Instant expires = c.history.newest_commit + c.policy.expire_group + tick;
  const Instant stops = last.at + (last.at - c.window().front().at) + tick;
  std::optional<Instant> due;
  if (expires > c.around.now) due = expires;
  if (stops > c.around.now) due = std::min(stops, expires > c.around.now ? expires : stops);
  return due;
}

std::string sentence(const BurrowHistory& history, const Surroundings& around, const Policy& policy,
                     const PartitionVerdict& verdict) {
  if (history.window.empty()) return "no commit was seen";
  const BurrowSample& last = history.window.back();
  const std::string waiting =
      verdict.lag == 0 ? "nothing waits" : words::waiting(verdict.lag.value_or(0));
  const std::size_t count = history.window.size();
  const std::string seen = count == 1 ? "commit" : std::to_string(count) + " commits";
  switch (verdict.reason) {
    case Reason::burrow_not_found:
      return "the newest commit is " + span(around.now - history.newest_commit) +
             " old, more than " + span(policy.expire_group);
    case Reason::burrow_stop:
      return "no commit for " + span(around.now - last.at) + " while " + waiting + "; the last " +
             seen + " took " + span(last.at - history.window.front().at);
    case Reason::burrow_rewind:
      return "the committed offset went back and has not recovered; " + waiting;
    case Reason::burrow_stall:
      return "the last " + seen + (count == 1 ? " stands at offset " : " repeat offset ") +
             number(last.offset) + " while " + waiting;
    case Reason::burrow_warn:
      return "lag did not decrease over the last " + seen + "; " + waiting;
    default:
      return verdict.lag ? waiting : "no log end of this partition was seen yet";
  }
}

}  // namespace

void apply_commit(BurrowHistory& history, const BurrowSample& commit, const Policy& policy) {
  auto& window = history.window;
  history.newest_commit = commit.at;
  if (!window.empty() && commit.at - window.back().at < policy.min_distance) {
    window.back().offset = commit.offset;
    window.back().lag = commit.lag;
    return;
  }
  window.push_back(commit);
  const auto most = static_cast<std::size_t>(policy.intervals);
  if (window.size() > most) {
    window.erase(window.begin(), window.end() - static_cast<std::ptrdiff_t>(most));
  }
}

PartitionVerdict judge_burrow(const BurrowHistory& history, const std::vector<LogEnd>& log_ends,
                              const Surroundings& around, const Policy& policy, Trace* trace) {
  const Case c = make_case(history, log_ends, around, policy);
  const auto rule =
      std::find_if(rules.begin(), rules.end(), [&](const Rule& each) { return holds(each, c); });
  PartitionVerdict out;
  out.status = rule->status;
  out.reason = rule->reason;
  out.lag = c.live_lag;
  out.samples = static_cast<int>(history.window.size());
  out.intervals = policy.intervals;
  if (!log_ends.empty()) {
    out.log_end = log_ends.back().end;
    out.log_end_at = log_ends.back().at;
  }
  out.due = due_after(c);
  if (trace == nullptr) return out;
  for (const Rule& each : rules) {
    trace->push_back({each.number, to_string(each.reason), holds(each, c), each.numbers(c)});
  }
  return out;
}

Grounds explain(const BurrowHistory& history, const Surroundings& around, const Policy& policy,
                const PartitionVerdict& verdict) {
  return Grounds(sentence(history, around, policy, verdict));
}

}  // namespace tidemark
