#include "tests/bench/live_groups.h"

#include <algorithm>
#include <numeric>

namespace tidemark::bench {
namespace {

bool one_of(int every, int which, int group) { return every > 0 && group % every == which % every; }

// Visits all of `count` without repetition, neighbours far apart.
std::int64_t stride_for(std::int64_t count) {
  std::int64_t stride = std::max<std::int64_t>(1, count * 5 / 13);
  while (std::gcd(stride, count) != 1) ++stride;
  return stride;
}

}  // namespace

LiveGroups::LiveGroups(World world, Habits habits, const LogEnds& ends)
    : world_(world),
      habits_(habits),
      ends_(ends),
      began_at_(ends),
      requests_of_group_((world.partitions + habits.batch - 1) / habits.batch),
      requests_(requests_of_group_ * world.groups),
      stride_(stride_for(requests_)) {}

LiveGroups::Kind LiveGroups::kind(int group) const {
  if (one_of(habits_.stopped_every, 2, group)) return Kind::stopped;
  return one_of(habits_.stalled_every, 1, group) ? Kind::stalled : Kind::moving;
}

std::vector<int> LiveGroups::of_kind(Kind kind) const {
  std::vector<int> found;
  for (int g = 0; g < world_.groups; ++g) {
    if (this->kind(g) == kind) found.push_back(g);
  }
  return found;
}

Request LiveGroups::next() {
  const std::int64_t which = at_ * stride_ % requests_;
  at_ = (at_ + 1) % requests_;
  const int first = static_cast<int>(which % requests_of_group_) * habits_.batch;
  return {static_cast<int>(which / requests_of_group_), first,
          std::min(world_.partitions, first + habits_.batch)};
}

std::int64_t LiveGroups::offset(int g, int p) const {
  const LogEnds& from = kind(g) == Kind::moving ? ends_ : began_at_;
  return from[static_cast<std::size_t>(world_.topic_of(g))][static_cast<std::size_t>(p)];
}

}  // namespace tidemark::bench
