// What each part does, scene by scene: how fast it reads, whether it commits, whether its members
// are there. Pure; any thread. Times are of the play.
#pragma once

#include <vector>

#include "core/time.h"
#include "daemon/demo/cast.h"

namespace tidemark::demo {

enum class Commits : std::uint8_t {
  moves,      // whenever it has read something
  repeating,  // at every interval, whether it has or not
  none,
};

struct Scene {
  Duration length{0};
  double speed = 0;  // seconds' worth of records read in a second; never more than there are
  Commits commits = Commits::moves;
  bool members = true;
};

// From `first` on the scenes follow each other in a circle; before, and if there are none, the
// group reads all that comes. Each circle is long enough to read all of it in the end.
struct Plot {
  Duration since{0};  // its first commit
  Duration commit_every{0};
  Duration first{0};
  std::vector<Scene> scenes;
};

const Plot& plot_of(Part part);

// A group at one moment of its plot.
struct Moment {
  Duration read_until{0};  // it has read the records that came up to then
  Commits commits = Commits::moves;
  bool members = true;
  int changes = 0;  // of its members, since the plot's `first`
};

Moment moment_of(const Plot& plot, Duration late, Duration at);

// When the members come or go in (from, to].
std::vector<Duration> member_changes(const Plot& plot, Duration late, Duration from, Duration to);

}  // namespace tidemark::demo
