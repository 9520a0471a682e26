// The log ends of one topic partition, one per refresh, oldest first: the source of "since when has
// this position been unread". Owned by the pipeline thread of its cluster.
//
// Older points are thinned where a straight line tells the same to within 5 % of their age, so a
// month costs a few hundred points at most. A gap of more than three refresh intervals in what was
// *seen* is a hole, through which no line is drawn; thinning makes none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/ids.h"
#include "core/time.h"

namespace tidemark {

struct LogEnd {
  Offset end;
  Instant at;
};

// When the log end first passed a position.
struct Crossing {
  enum class Kind {
    not_passed,  // the newest log end is at or below the position
    shown,       // between two refreshes of one unbroken history: `at`
    unseen,  // before the history or in a hole: at or before `at`, the first log end seen past it
  };
  Kind kind = Kind::not_passed;
  Instant at;
  // Unless shown: the newest refresh that still had the log end at or below the position, if any.
  std::optional<Instant> not_before = std::nullopt;
};

class LogEndHistory {
 public:
  // `never` is for replays, which are short and compared with exact numbers.
  enum class Thinning : std::uint8_t { old_points, never };

  explicit LogEndHistory(Thinning thinning = Thinning::old_points) : thinning_(thinning) {}

  // Takes a refresh at or after the newest one. True if the log end fell: then everything from
  // before is forgotten and the history starts anew with this point.
  bool append(LogEnd point, Duration refresh);

  // Starts anew (the topic was re-created).
  void forget();
  // The clock that its instants are on was wrong by so much.
  void move_in_time(Duration by);

  // The instant is where the straight line between two refreshes leaves the position.
  [[nodiscard]] Crossing crossing(Offset position) const;
  // The same as it was known at the first refresh at or after `when`.
  [[nodiscard]] Crossing crossing_known_at(Offset position, Instant when) const;

  // The newest log end seen at or before `when`; null: the history begins later.
  [[nodiscard]] std::optional<Offset> end_at(Instant when) const;

  // The log end at `when` along the straight lines between refreshes, holes too: for speeds. Null:
  // the history begins later, or ends before.
  [[nodiscard]] std::optional<double> line_at(Instant when) const;
  // What was seen from `from` on, and what the line says for `from` itself.
  [[nodiscard]] std::vector<LogEnd> seen_since(Instant from) const;
  // Records/s over the newest `over`, or as far back as was seen; null: not even ten seconds.
  [[nodiscard]] std::optional<double> produced_per_second(Duration over) const;
  // When the log end was last seen to have risen; null: never.
  [[nodiscard]] std::optional<Instant> last_rise() const;

  [[nodiscard]] bool empty() const { return points_.empty(); }
  // Only if not empty.
  [[nodiscard]] Instant begins() const { return points_.front().at; }
  // Only if not empty.
  [[nodiscard]] LogEnd newest() const { return newest_; }
  [[nodiscard]] std::size_t size() const { return points_.size(); }

  // Calls `visit` with its members: to be kept, and read back.
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.points_, self.thin_at_);
    if constexpr (Visit::reads) {
      if (!self.points_.empty()) self.newest_ = {self.points_.back().end, self.points_.back().at};
    }
  }

 private:
  struct Point {
    Offset end;
    Instant at;
    std::uint32_t slack_ms = 0;  // how far the line to the point before may be off
    bool after_hole = false;     // nothing was seen for too long before this one

    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
      visit(self.end, self.at, self.slack_ms, self.after_hole);
    }
  };

  [[nodiscard]] Crossing crossing_within(std::size_t size, Offset position) const;
  [[nodiscard]] std::optional<std::uint32_t> slack_without(std::size_t from, std::size_t to) const;
  void thin();

  std::vector<Point> points_;
  LogEnd newest_;               // the last of them once more, where no pointer leads to it
  std::uint32_t thin_at_ = 24;  // the size at which to thin next
  Thinning thinning_;
};

}  // namespace tidemark
