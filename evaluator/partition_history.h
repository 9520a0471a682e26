// Everything remembered of one (group, topic, partition) to judge it by: the window of commits,
// what waits since when, remembered busy gaps (patience) and the run (usual lateness). A plain
// value; the functions below are its only rules and are pure. Words as in docs/evaluation.md.
//
// Order of events, live and in replay: a commit, then the refresh of the log end at or after it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "evaluator/log_end_history.h"
#include "evaluator/policy.h"

namespace tidemark {

struct CommitSample {
  Offset offset;
  Instant at;
};

// A length of time remembered until it expires: a busy gap, or the worst lateness of a run.
struct Remembered {
  Duration length{0};
  Instant from;  // the move that it was remembered at
};

// The 4 largest; when a fifth enters the smallest leaves, of equals the oldest.
struct RememberedFour {
  std::array<Remembered, 4> held{};
  std::uint8_t count = 0;

  void add(Remembered entry);
  // Forgets the entries that `fresh` refuses.
  template <class Fresh>
  void keep_if(Fresh fresh) {
    const auto end = std::remove_if(held.begin(), held.begin() + count,
                                    [&](const Remembered& entry) { return !fresh(entry); });
    count = static_cast<std::uint8_t>(end - held.begin());
  }
  // The second-largest; null with fewer than two.
  [[nodiscard]] std::optional<Duration> second_largest() const {
    if (count < 2) return std::nullopt;
    // What is not held counts as nothing: no branch depends on a length, which none could foresee.
    const auto length = [this](std::size_t i) {
      return i < count ? held[i].length.count() : Duration::rep{0};
    };
    const Duration::rep a = length(0);
    const Duration::rep b = length(1);
    const Duration::rep c = length(2);
    const Duration::rep d = length(3);
    const Duration::rep second_of_all = std::min(std::max(a, b), std::max(c, d));
    return Duration{std::max(second_of_all, std::max(std::min(a, b), std::min(c, d)))};
  }
};

// Since when something waits, and who says so.
struct Since {
  enum class Source : std::uint8_t {
    none,      // nothing waits, or not known
    history,   // the log ends show it
    probe,     // the first unread record's own timestamp
    at_latest  // no source has answered: the first log end seen past it
  };
  Source source = Source::none;
  Instant at;
};

// A move whose judgement waits for the first refresh at or after it.
struct PendingMove {
  Offset left;
  Offset reached;
  Instant at;
  Instant standing_since;  // of `left`
  Since waiting_since;     // of `position`, as known before the move
  Offset position;         // `left`, or how far a probe found nothing behind it
};

struct Run {
  bool open = false;
  bool held_outage = false;
  bool falling_behind = false;
  bool any_lateness = false;  // a move of known lateness was ever seen (else: warming_up)
  bool lateness_in_run = false;
  Duration worst{0};
  Duration least{0};
  Duration newest{0};
};

struct PartitionHistory {
  std::vector<CommitSample> window;  // oldest first, the newest commit last; empty: no commit seen
  Instant standing_since;            // of the newest committed offset; see also only_from_before()
  std::vector<PendingMove> pending;
  RememberedFour gaps;
  RememberedFour lateness;
  Run run;

  Since unread_since;                   // of the position
  Since waiting_since;                  // of position + allowed_lag
  std::optional<Offset> probed_to;      // a probe found nothing readable before this offset
  std::optional<Instant> probe_record;  // ... and then a record of this time
  bool beyond_log_end = false;          // committed > a log end seen later; until it commits

  [[nodiscard]] bool committed() const { return !window.empty(); }
  // Only if committed().
  [[nodiscard]] const CommitSample& newest() const { return window.back(); }
  // All that is known is a commit from before the log end fell below it; the next one will be the
  // first of what is there now. `standing_since` tells it (no instant is that early), `standing()`
  // does not.
  [[nodiscard]] bool only_from_before() const { return standing_since == Instant::min(); }
  // Since when the committed offset stands where it is. Only if committed().
  [[nodiscard]] Instant standing() const {
    return only_from_before() ? newest().at : standing_since;
  }
  // The committed offset, or how far a probe found nothing behind it. Only if committed().
  [[nodiscard]] Offset position() const { return probed_to ? *probed_to : newest().offset; }
};

// Takes the next commit. `log_ends` is the history as of now (refreshes before the commit).
void apply_commit(PartitionHistory& history, const CommitSample& commit,
                  const LogEndHistory& log_ends, const Policy& policy);

// To be called after each refresh of the partition's log end, with the history that includes it.
// `fell`: the log end went back (or the topic id changed): all but the newest commit is forgotten,
// and that too when the next one comes.
void apply_refresh(PartitionHistory& history, const LogEndHistory& log_ends, bool fell,
                   const Policy& policy);

// Takes a probe's answer about the committed offset; ignored if the offset has moved meanwhile.
struct ProbeAnswer {
  Offset from;                         // the committed offset that it started at
  Offset empty_to;                     // nothing readable before this
  std::optional<Instant> record_time;  // then a record of this time; null: then the end
  bool log_append_time = false;        // the broker's stamp, which is trusted
};
void apply_probe(PartitionHistory& history, const ProbeAnswer& answer,
                 const LogEndHistory& log_ends, const Policy& policy);

// Whether enough is remembered to say how long this group may go without progress.
inline bool habits_known(const PartitionHistory& history) { return history.gaps.count >= 2; }

// 3 × the second-largest remembered busy gap, within the policy's bounds; patience_unknown while
// its habits are not known.
Duration patience(const PartitionHistory& history, const Policy& policy);

// The second-largest lateness remembered at `at` (with one: that one; none: 0).
Duration usual_lateness(const PartitionHistory& history, Instant at, const Policy& policy);

// The clock that the log ends' instants are on was wrong by so much: what they told moves along.
void move_in_time(PartitionHistory& history, Duration by);

}  // namespace tidemark
