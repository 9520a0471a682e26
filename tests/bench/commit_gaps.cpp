#include "tests/bench/commit_gaps.h"

#include <algorithm>

namespace tidemark::bench {

CommitGaps::CommitGaps(const World& world, const Habits& habits, Instant began)
    : batch_(habits.batch),
      places_(static_cast<std::size_t>(world.groups),
              std::vector<Place>(
                  static_cast<std::size_t>((world.partitions + habits.batch - 1) / habits.batch),
                  Place{began})) {}

CommitGaps::Place& CommitGaps::of(const Request& request) {
  return places_[static_cast<std::size_t>(request.group)]
                [static_cast<std::size_t>(request.first / batch_)];
}

void CommitGaps::taken(Place& place, Instant sent, Instant now) {
  place.longest = std::max(place.longest, now - place.sent);
  place.sent = sent;
}

std::vector<Duration> CommitGaps::longest() const {
  std::vector<Duration> out;
  for (const std::vector<Place>& group : places_) {
    Duration longest{0};
    for (const Place& place : group) longest = std::max(longest, place.longest);
    out.push_back(longest);
  }
  return out;
}

}  // namespace tidemark::bench
