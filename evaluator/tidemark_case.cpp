#include "evaluator/tidemark_case.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace tidemark {
namespace {

constexpr int stale_refreshes = 3;

Offset readable_from(const PartitionHistory& history, const Surroundings& around) {
  const Offset position = history.position();
  return around.log_start ? std::max(position, *around.log_start) : position;
}

void measure_lag(Case& c) {
  if (c.around.log_start) {
    c.lost = std::max<std::int64_t>(0, *c.around.log_start - c.history.position());
  }
  if (c.around.live_lag) {
    c.live_lag = c.around.live_lag;
  } else if (!c.log_ends.empty()) {
    const Offset end = c.log_ends.newest().end;
    c.live_lag = std::max<std::int64_t>(0, end - readable_from(c.history, c.around));
  }
}

void measure_freshness(Case& c) {
  c.stale_after = stale_refreshes * c.policy.refresh;
  if (!c.log_ends.empty()) c.log_end_age = c.around.now - c.log_ends.newest().at;
  if (c.around.offsets_seen) c.offsets_age = c.around.now - *c.around.offsets_seen;
  const auto previous = c.around.previous.value_or(PartitionStatus::unknown);
  const bool nothing_stands = c.around.probing && previous == PartitionStatus::unknown;
  c.stale = c.around.starting || nothing_stands || !c.log_end_age ||
            *c.log_end_age > c.stale_after || (c.offsets_age && *c.offsets_age > c.stale_after);
}

void measure_waiting(Case& c) {
  const Since& waiting = c.history.waiting_since;
  if (waiting.source == Since::Source::none) return;
  const Instant last = c.history.newest().at;
  c.waiting_since = waiting.at;
  const Instant readable = std::max(waiting.at, c.around.readable_since.value_or(waiting.at));
  c.silent_since = std::max(last, readable);
  c.silent = c.around.now - *c.silent_since;
  c.stuck = last - std::max(c.history.standing(), readable);
}

// Most windows have no step back at all.
bool steps_back(const std::vector<CommitSample>& window, std::int64_t by_more_than) {
  bool any = false;
  const CommitSample* before = window.data();
  for (std::size_t i = 1; i < window.size(); ++i, ++before) {
    any |= before[0].offset - before[1].offset > by_more_than;
  }
  return any;
}

void find_open_drop(Case& c) {
  const std::vector<CommitSample>& window = c.history.window;
  const std::int64_t allowed = c.policy.allowed_lag;
  if (!steps_back(window, allowed)) return;
  std::optional<Drop>& oldest = c.open_drop;
  for (std::size_t i = 1; i < window.size(); ++i) {
    const Offset before = window[i - 1].offset;
    const CommitSample& lower = window[i];
    if (before - lower.offset <= allowed) continue;
    const bool made_good =
        std::any_of(window.begin() + static_cast<std::ptrdiff_t>(i), window.end(),
                    [&](const CommitSample& later) { return later.offset >= before; });
    if (!made_good && (!oldest || lower.at < oldest->lower.at)) oldest = Drop{before, lower};
  }
}

}  // namespace

Case make_case(const PartitionHistory& history, const LogEndHistory& log_ends,
               const Surroundings& around, const Policy& policy) {
  Case c{history, log_ends, around, policy};
  c.patience = patience(history, policy);
  measure_freshness(c);
  if (!history.committed()) return c;
  measure_lag(c);
  measure_waiting(c);
  find_open_drop(c);
  return c;
}

}  // namespace tidemark
