// What ended transactions of a partition had hidden, and until when: nobody could read it before.
// The newest four are kept. A plain value, owned by one pipeline thread; the brokers' clock.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/ids.h"
#include "core/maybe.h"
#include "core/time.h"

namespace tidemark {

class ReleaseLog {
 public:
  // The last stable offset, which had stood at `from` below the log end, was first seen at `to`.
  void rose(Offset from, Offset to, Instant at) {
    if (released_.size() >= most) released_.erase(released_.begin());
    released_.push_back({from, to, at});
  }

  // Since when the record at this position may be read; null: it was not hidden of late.
  [[nodiscard]] Maybe<Instant> readable_since(Offset position) const {
    const auto found = std::find_if(released_.begin(), released_.end(), [&](const Release& each) {
      return each.from <= position && position < each.to;
    });
    return found != released_.end() ? Maybe(found->at) : Maybe<Instant>();
  }

  void forget() { released_ = {}; }
  // The clock that its instants are on was wrong by so much.
  void move_in_time(Duration by) {
    for (Release& each : released_) each.at += by;
  }

  // Calls `visit` with its members: to be kept, and read back.
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.released_);
  }

 private:
  static constexpr std::size_t most = 4;
  struct Release {
    Offset from;
    Offset to;
    Instant at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
      visit(self.from, self.to, self.at);
    }
  };

  std::vector<Release> released_;  // oldest first
};

}  // namespace tidemark
