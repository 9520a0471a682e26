// How the log start of one partition was seen to move: what is learnt from it about how many
// records retention leaves, and how fast it goes. A plain value owned by the pipeline thread of its
// cluster; instants are on the brokers' clock.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/ids.h"
#include "core/time.h"

namespace tidemark {

class LogStartLog {
 public:
  struct Move {
    Offset start;              // log start now
    Offset end;                // log end at that time
    Instant at;                // first seen there
    Duration deleted_age{-1};  // how long ago the newest of the deleted was written; −1: not known

    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
      visit(self.start, self.end, self.at, self.deleted_age);
    }
  };

  // Log start has risen.
  void moved(const Move& move);
  void forget() { moves_ = {}; }
  // The clock that its instants are on was wrong by so much.
  void move_in_time(Duration by);

  // The records that a limit by size leaves; null: it was not seen at work twice. Deletions that a
  // limit by time (`retention`) explains tell nothing of it.
  [[nodiscard]] std::optional<std::int64_t> fits(std::optional<Duration> retention) const;

  // In records/s, over the moves that are remembered, slowing down while it stands; null: it was
  // not seen moving four times.
  [[nodiscard]] std::optional<double> speed(Instant now) const;

  // Calls `visit` with its members: to be kept, and read back.
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.moves_);
  }

 private:
  std::vector<Move> moves_;  // the newest four, oldest first
};

}  // namespace tidemark
