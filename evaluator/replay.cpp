#include "evaluator/replay.h"

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

// The events of a story, taken in order of time under the tidemark rules.
class TidemarkReplay {
 public:
  explicit TidemarkReplay(const Story& story) : story_(story), around_(story.around) {}

  Replayed run() {
    auto commit = story_.commits.begin();
    for (const LogEnd& seen : story_.log_ends) {
      if (seen.at > around_.now) break;
      for (; commit != story_.commits.end() && counted_at(*commit) <= seen.at; ++commit) {
        take(*commit);
      }
      take(seen);
    }
    for (; commit != story_.commits.end(); ++commit) take(*commit);
    if (story_.probe && history_.committed()) take(*story_.probe);

    Replayed out;
    out.verdict = judge_tidemark(history_, log_ends_, around_, story_.policy, &out.trace);
    out.explanation = explain(history_, around_, story_.policy, out.verdict).text();
    out.history = std::move(history_);
    return out;
  }

 private:
  [[nodiscard]] Instant counted_at(const StoryCommit& commit) const {
    return std::min(commit.at, around_.now);
  }

  void take(const StoryCommit& commit) {
    apply_commit(history_, {commit.offset, counted_at(commit)}, log_ends_, story_.policy);
    around_.end_at_commit.reset();
  }

  void take(const LogEnd& seen) {
    const bool fell = log_ends_.append(seen, story_.policy.refresh);
    apply_refresh(history_, log_ends_, fell, story_.policy);
    if (!around_.end_at_commit || fell) around_.end_at_commit = seen.end;
  }

  void take(const StoryProbe& probe) {
    const Offset from = history_.newest().offset;
    const ProbeAnswer answer{from, probe.empty_to.value_or(from), probe.record_time};
    apply_probe(history_, answer, log_ends_, story_.policy);
  }

  const Story& story_;
  Surroundings around_;
  LogEndHistory log_ends_{LogEndHistory::Thinning::never};
  PartitionHistory history_;
};

std::optional<std::int64_t> lag_at(const StoryCommit& commit, Instant at,
                                   const std::vector<LogEnd>& seen) {
  if (commit.lag_given) return commit.lag;
  const auto after = std::partition_point(seen.begin(), seen.end(),
                                          [&](const LogEnd& each) { return each.at <= at; });
  if (after == seen.begin()) return std::nullopt;
  return std::max<std::int64_t>(0, (after - 1)->end - commit.offset);
}

Replayed replay_burrow(const Story& story) {
  const Instant now = story.around.now;
  std::vector<LogEnd> seen = story.log_ends;
  std::erase_if(seen, [&](const LogEnd& each) { return each.at > now; });
  BurrowHistory history;
  for (const StoryCommit& commit : story.commits) {
    const Instant at = std::min(commit.at, now);
    apply_commit(history, {commit.offset, at, lag_at(commit, at, seen)}, story.policy);
  }
  const auto stored = std::min(seen.size(), static_cast<std::size_t>(story.policy.intervals));
  seen.erase(seen.begin(), seen.end() - static_cast<std::ptrdiff_t>(stored));

  Replayed out;
  out.verdict = judge_burrow(history, seen, story.around, story.policy, &out.trace);
  out.explanation = explain(history, story.around, story.policy, out.verdict).text();
  return out;
}

}  // namespace

Replayed replay(const Story& story) {
  if (story.policy.rules == RuleSet::burrow) return replay_burrow(story);
  return TidemarkReplay(story).run();
}

}  // namespace tidemark
