// `tidemark groups --watch`, until Ctrl-C.
#pragma once

#include <functional>
#include <string>

#include "daemon/console.h"
#include "daemon/terminal/queries.h"
#include "daemon/terminal/reader.h"

namespace tidemark::terminal {

// On a terminal that can be redrawn: as many groups as fit, the worst first. A daemon that is not
// there at first ends it; one that goes away later is said so and waited for.
int watch_groups(RestClient& daemon, const GroupsFilter& filter, const Console& console);

// Anywhere else: `print` every two seconds, a blank line between (not between JSON lines). Ends
// when the first one fails, or when nobody reads any more.
int print_again_and_again(const std::function<int()>& print, bool json, const Console& console);

// One picture of the screen. Pure but for the clock time that it is given.
struct WatchPicture {
  GroupsAnswer groups;
  std::vector<ClusterAnswer> clusters;
  std::string problem;  // instead of news
  std::string time;     // "09:31:20"
};
std::string watch_text(const WatchPicture& picture, const Reader& reader);

}  // namespace tidemark::terminal
