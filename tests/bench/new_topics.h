// Creates the topics of a world on brokers that have none of them yet.
#pragma once

#include <string>

#include "tests/bench/world.h"

namespace tidemark::bench {

// Returns when every broker shows all of their partitions with a leader: one that lags would let a
// client take a topic for gone. Brokers need minutes for thousands of partitions; they are waited
// for as long as more come, and told of on standard error. What never comes ends the tool.
void create_topics(const World& world, const std::string& bootstrap);

}  // namespace tidemark::bench
