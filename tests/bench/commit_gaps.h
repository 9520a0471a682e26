// For how long each group went without a commit at most, by what the broker had and when: from when
// one was sent until the broker had the next one of the same request. Who is accused of less than
// that is accused wrongly. One thread.
#pragma once

#include <cstdint>
#include <vector>

#include "core/time.h"
#include "tests/bench/live_groups.h"

namespace tidemark::bench {

class CommitGaps {
 public:
  // What a group commits in one request.
  struct Place {
    Instant sent;  // the newest that the broker has
    Duration longest{0};
  };

  // From `began` on they had to commit.
  CommitGaps(const World& world, const Habits& habits, Instant began);

  [[nodiscard]] Place& of(const Request& request);
  // The broker has one that was sent then.
  static void taken(Place& place, Instant sent, Instant now);

  // By group.
  [[nodiscard]] std::vector<Duration> longest() const;

 private:
  int batch_;
  std::vector<std::vector<Place>> places_;
};

}  // namespace tidemark::bench
