// The orders that a story gives to its cluster, as JSON: what is seen, how time passes, what is
// asked. tests/scenarios/pipeline.py is the other end.
#pragma once

#include <string>

#include "tests/scenarios/stage/one_cluster.h"

namespace tidemark::scenario {

// `line` is an array of orders, each an object whose "do" says what; the answer is an array of as
// many answers. Throws std::exception at an order that can't be understood.
std::string obey(OneCluster& cluster, const std::string& line);

}  // namespace tidemark::scenario
