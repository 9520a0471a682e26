// Which group and partitions commit next while a synthetic cluster lives, and what. Pure: the log
// ends are given, the commits come out.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/bench/topic_ends.h"
#include "tests/bench/world.h"

namespace tidemark::bench {

struct Habits {
  int batch = 10;         // partitions in one OffsetCommit request
  int stalled_every = 0;  // one group of so many commits what it had at first, again and again
  int stopped_every = 0;  // … commits nothing at all
};

// A request: partitions [first, end) of group `group`.
struct Request {
  int group = 0;
  int first = 0;
  int end = 0;
};

class LiveGroups {
 public:
  enum class Kind { moving, stalled, stopped };

  // Reads `ends` for as long as it lives.
  LiveGroups(World world, Habits habits, const LogEnds& ends);

  [[nodiscard]] Kind kind(int group) const;
  [[nodiscard]] std::vector<int> of_kind(Kind kind) const;

  // All requests of all groups once, those that follow each other of groups far apart; then again.
  Request next();
  [[nodiscard]] std::int64_t requests_a_round() const { return requests_; }
  // What group g commits for partition p now; nobody asks for a stopped one.
  [[nodiscard]] std::int64_t offset(int g, int p) const;
  [[nodiscard]] const LogEnds& began_at() const { return began_at_; }

 private:
  World world_;
  Habits habits_;
  const LogEnds& ends_;
  LogEnds began_at_;
  std::int64_t requests_of_group_;
  std::int64_t requests_;
  std::int64_t stride_;
  std::int64_t at_ = 0;
};

}  // namespace tidemark::bench
