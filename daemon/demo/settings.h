// The demo's configuration: the text of an ordinary file, which anybody might have written, with
// times of seconds where the defaults are minutes.
#pragma once

#include <string>
#include <vector>

#include "daemon/demo/stage.h"

namespace tidemark::demo {

// `mails`: the folder that alerts come into.
std::string configuration(const std::vector<StageAddress>& clusters, const std::string& mails);

}  // namespace tidemark::demo
