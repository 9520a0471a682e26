// The demo's configuration: the text of an ordinary file, which anybody might have written, with
// times of seconds where the defaults are minutes.
#pragma once

#include <string>
#include <vector>

#include "daemon/demo/stage.h"

namespace tidemark::demo {

std::string configuration(const std::vector<StageAddress>& clusters);

}  // namespace tidemark::demo
