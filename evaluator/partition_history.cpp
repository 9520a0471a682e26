#include "evaluator/partition_history.h"

#include <algorithm>

#include "evaluator/moves.h"

namespace tidemark {
namespace {

// Kafka is younger: a producer that says so has no clock.
constexpr Instant oldest_plausible = from_ms(1'293'840'000'000);  // 2011

// A producer's clock may stand anywhere: a record can't be older than a refresh that did not show
// it yet. (How late it can be is bounded by next_since.)
std::optional<Instant> bounded(const ProbeAnswer& answer, const Crossing& seen) {
  const auto& said = answer.record_time;
  if (!said || answer.log_append_time) return said;
  if (seen.not_before) return std::max(*said, *seen.not_before);
  return *said < oldest_plausible ? std::nullopt : said;
}

// What is known of "since when" after another look at the history; `known` is of the same position.
Since next_since(const Since& known, Offset passed, const LogEndHistory& log_ends,
                 std::optional<Instant> record) {
  using Source = Since::Source;
  if (known.source == Source::history) return known;
  const Crossing seen = log_ends.crossing(passed);
  if (seen.kind == Crossing::Kind::shown) return {Source::history, seen.at};
  Since next = known;
  if (seen.kind == Crossing::Kind::unseen) {
    if (next.source == Source::none) next = {Source::at_latest, seen.at};
    next.at = std::min(next.at, seen.at);
  }
  if (record)
    next = {Source::probe, next.source == Source::none ? *record : std::min(*record, next.at)};
  return next;
}

// Asks the history, as long as it has not answered.
void note_since(PartitionHistory& history, const LogEndHistory& log_ends, const Policy& policy) {
  const Offset position = history.position();
  const auto& record = history.probe_record;
  const Since unread = next_since(history.unread_since, position, log_ends, record);
  history.unread_since = unread;
  if (policy.allowed_lag == 0) {
    history.waiting_since = unread;
  } else {
    history.waiting_since =
        next_since(history.waiting_since, tolerated(position, policy), log_ends, std::nullopt);
  }
}

void forget_position(PartitionHistory& history) {
  history.unread_since = Since{};
  history.waiting_since = Since{};
  history.probed_to.reset();
  history.probe_record.reset();
}

void note_beyond_log_end(PartitionHistory& history, const LogEndHistory& log_ends,
                         const Policy& policy) {
  if (log_ends.empty()) return;
  const LogEnd newest = log_ends.newest();
  if (newest.end < history.newest().offset && newest.at - history.standing() > policy.refresh) {
    history.beyond_log_end = true;
  }
}

void add_sample(std::vector<CommitSample>& window, const CommitSample& commit,
                const Policy& policy) {
  if (window.size() >= 2) {
    const CommitSample& before = window[window.size() - 2];
    const CommitSample& newest = window.back();
    const bool between_its_own = before.offset == newest.offset && newest.offset == commit.offset;
    if (newest.at - before.at < policy.slot() || between_its_own) window.pop_back();
  }
  window.push_back(commit);
  const auto most = static_cast<std::size_t>(policy.intervals);
  if (window.size() > most) {
    window.erase(window.begin(), window.end() - static_cast<std::ptrdiff_t>(most));
  }
}

void move(PartitionHistory& history, const CommitSample& commit) {
  history.pending.push_back({history.newest().offset, commit.offset, commit.at,
                             history.standing_since, history.waiting_since, history.position()});
}

// As if there had been no commit but the newest; and if not even that one fits into what is there
// now, it gives way to the next.
void forget_the_past(PartitionHistory& history, const LogEndHistory& log_ends) {
  const CommitSample newest = history.newest();
  const bool fits = !log_ends.empty() && newest.offset <= log_ends.newest().end;
  history = PartitionHistory{};
  history.window = {newest};
  history.standing_since = fits ? newest.at : Instant::min();
}

}  // namespace

void apply_commit(PartitionHistory& history, const CommitSample& commit,
                  const LogEndHistory& log_ends, const Policy& policy) {
  const bool first = !history.committed() || history.only_from_before();
  const bool moved = history.committed() && commit.offset != history.newest().offset;
  if (moved && !first) move(history, commit);
  if (moved) forget_position(history);
  if (moved || first) history.standing_since = commit.at;
  if (moved || (!log_ends.empty() && log_ends.newest().end >= commit.offset)) {
    history.beyond_log_end = false;
  }
  if (first) history.window.clear();
  add_sample(history.window, commit, policy);
  note_since(history, log_ends, policy);
  note_beyond_log_end(history, log_ends, policy);
  judge_pending(history, log_ends, policy);
}

void apply_refresh(PartitionHistory& history, const LogEndHistory& log_ends, bool fell,
                   const Policy& policy) {
  if (!history.committed()) return;
  if (fell) forget_the_past(history, log_ends);
  note_since(history, log_ends, policy);
  note_beyond_log_end(history, log_ends, policy);
  judge_pending(history, log_ends, policy);
}

void apply_probe(PartitionHistory& history, const ProbeAnswer& answer,
                 const LogEndHistory& log_ends, const Policy& policy) {
  if (!history.committed() || answer.from != history.newest().offset) return;
  if (answer.empty_to > history.position()) {
    forget_position(history);
    history.probed_to = answer.empty_to;
  }
  history.probe_record = bounded(answer, log_ends.crossing(history.position()));
  note_since(history, log_ends, policy);
}

void move_in_time(PartitionHistory& history, Duration by) {
  const auto follow = [by](Since& since) {
    if (since.source == Since::Source::history || since.source == Since::Source::at_latest) {
      since.at += by;
    }
  };
  follow(history.unread_since);
  follow(history.waiting_since);
  for (PendingMove& pending : history.pending) follow(pending.waiting_since);
}

}  // namespace tidemark
