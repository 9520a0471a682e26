// One partition's story, whole, judged as the running monitor would have judged it at its end: the
// same functions take the same events in the same order. Pure; for `tidemark evaluate` and tests.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluator/partition_history.h"
#include "evaluator/policy.h"
#include "evaluator/rules.h"
#include "evaluator/verdict.h"

namespace tidemark {

struct StoryCommit {
  Offset offset;
  Instant at;
  // Burrow rules only: the lag as of the commit. Given as null: unknown; not given: made from the
  // log ends.
  bool lag_given = false;
  std::optional<std::int64_t> lag{};
};

struct StoryProbe {
  std::optional<Offset> empty_to;      // null: the committed offset
  std::optional<Instant> record_time;  // null: the end
};

struct Story {
  Policy policy;
  std::vector<StoryCommit> commits;  // in the order of the offsets topic
  std::vector<LogEnd> log_ends;      // every refresh, in order of time
  std::optional<StoryProbe> probe;   // from the newest committed offset
  Surroundings around;               // as of now; `end_at_commit` is found by the replay
};

struct Replayed {
  PartitionVerdict verdict;
  std::string explanation;
  Trace trace;
  PartitionHistory history;  // tidemark rules only: what the verdict was made from
};

// What lies after `around.now` does not count, except a commit, which counts as of now.
Replayed replay(const Story& story);

}  // namespace tidemark
