// The log ends of a topic, as the broker has them now. What can't be had ends the tool.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/kafka_handle.h"

namespace tidemark::bench {

// The index is the partition. Asks with a handle of any kind.
std::vector<std::int64_t> topic_ends(rd_kafka_t* handle, const std::string& topic, int partitions);

}  // namespace tidemark::bench
