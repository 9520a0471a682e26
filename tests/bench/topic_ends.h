// The log ends of topics, as the broker has them now. Topics that were created just now are waited
// for (a broker takes minutes for thousands of partitions); what never comes ends the tool.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/kafka_handle.h"

namespace tidemark::bench {

// The index is the topic, then the partition.
using LogEnds = std::vector<std::vector<std::int64_t>>;

// All topics have as many partitions. Asks with a handle of any kind, for many topics at once: a
// question about topics that the client has not met takes about a second, however many they are.
LogEnds topic_ends(rd_kafka_t* handle, const std::vector<std::string>& topics, int partitions);

}  // namespace tidemark::bench
