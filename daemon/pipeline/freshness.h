// Until when the offsets topic is read, partition by partition, and how far the catch-up is. A
// partition is read until T when the position has reached the log end polled at T: commits behind
// the last stable offset are hidden by an open transaction, and may be of any of its groups.
// Owned by one pipeline thread. Instants are this machine's.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "evaluator/observation.h"

namespace tidemark {

class Freshness {
 public:
  void goal(const CatchUpGoal& goal);
  // All before that position was read before a restart; −1: its beginning comes next.
  void take_up(const OffsetsPosition& at);
  void position(const OffsetsPosition& at);
  void polled(Instant taken_at, std::int32_t partition, Offset end, Offset lso);
  // The topic has this many partitions now; 0: it does not exist, so nothing is missed.
  void resize(std::int32_t partitions);

  [[nodiscard]] std::int32_t partitions() const {
    return static_cast<std::int32_t>(partitions_.size());
  }
  // What comes next; −1: nothing was read yet.
  [[nodiscard]] Offset next(std::int32_t partition) const;
  // Null: never yet.
  [[nodiscard]] std::optional<Instant> read_until(std::int32_t partition) const;
  // The start-up read of this partition is not finished.
  [[nodiscard]] bool starting(std::int32_t partition) const;
  [[nodiscard]] std::vector<std::int32_t> all_starting() const;
  [[nodiscard]] bool caught_up() const;

  struct Progress {
    std::uint64_t done = 0;
    std::uint64_t total = 0;
  };
  [[nodiscard]] Progress progress() const;
  // The oldest of all partitions; null: one was never read to an end.
  [[nodiscard]] std::optional<Instant> all_read_until() const;
  // Partitions that are not read since `limit`.
  [[nodiscard]] std::vector<std::int32_t> not_read_since(Instant limit) const;
  // Everything that may be read has been, and an open transaction hides the rest: since when its
  // last stable offset was first seen to stand where it does. Null: nothing is hidden.
  [[nodiscard]] std::optional<Instant> held_since(std::int32_t partition) const;

 private:
  struct Target {
    Offset end;
    Instant taken_at;
  };
  struct Partition {
    Offset position{-1};
    Offset begin{0};
    std::optional<Offset> goal;   // end of the catch-up; null: not known yet
    std::optional<Target> first;  // the oldest polled end that is not reached,
    std::optional<Target> last;   // and the newest
    std::optional<Instant> read_until;
    std::optional<Offset> held_at;  // a last stable offset that is below the log end,
    Instant held_since;             // seen there since
  };

  Partition* find(std::int32_t partition);
  static void reach(Partition& partition);

  bool topic_known_ = false;
  std::vector<Partition> partitions_;
};

}  // namespace tidemark
