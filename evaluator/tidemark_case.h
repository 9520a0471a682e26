// What the tidemark rules compare, derived once from the evidence. Internal to the evaluator.
#pragma once

#include <cstdint>
#include <optional>

#include "core/maybe.h"
#include "evaluator/rules.h"

namespace tidemark {

// A step back by more than allowed_lag that no later sample has made good; of several, the one
// that has stood for longest.
struct Drop {
  Offset before;
  CommitSample lower;
};

struct Case {
  const PartitionHistory& history;
  const LogEndHistory& log_ends;
  const Surroundings& around;
  const Policy& policy;

  Maybe<std::int64_t> live_lag{};  // null: no commit, or no log end
  std::int64_t lost = 0;
  Duration patience{0};
  Duration stale_after{0};
  Maybe<Duration> log_end_age{};
  Maybe<Duration> offsets_age{};
  bool stale = false;
  Maybe<Instant> waiting_since{};
  Maybe<Instant> silent_since{};  // the later of last commit and waiting since
  Maybe<Duration> silent{};       // now − that
  Maybe<Duration> stuck{};        // last commit − the later of standing since and waiting since
  std::optional<Drop> open_drop{};
};

Case make_case(const PartitionHistory& history, const LogEndHistory& log_ends,
               const Surroundings& around, const Policy& policy);

// Whether a verdict is `learning` (see learning.h), once its reason is decided. One that is stale
// is left as it is: what the verdict from before was holds.
void mark_learning(PartitionVerdict& verdict, const Case& c);

}  // namespace tidemark
