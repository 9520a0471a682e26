// How many records a group has read in all, over the last hour and more: one point a minute for the
// newest ten minutes and one each five minutes before. Counted from commit to commit of each
// partition, so that partitions which come, go or are set back make no false speed. A plain value
// owned by the pipeline thread; instants are on the brokers' clock.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/time.h"

namespace tidemark {

class PaceLog {
 public:
  // A commit at `at` that lies so many records after the one before it: 0 for the first of a
  // partition and for one that went back.
  void read(std::int64_t records, Instant at);

  // Records read up to `when`, along straight lines between points; null: before the first commit.
  [[nodiscard]] std::optional<double> total_at(Instant when) const;
  // The first instant that total_at() knows.
  [[nodiscard]] std::optional<Instant> since() const;

  // Calls `visit` with its members: to be kept, and read back.
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.points_, self.newest_, self.total_);
  }

 private:
  struct Point {
    Instant at;
    std::int64_t total = 0;

    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
      visit(self.at, self.total);
    }
  };

  void thin();

  std::vector<Point> points_;
  Instant newest_;
  std::int64_t total_ = 0;
};

}  // namespace tidemark
