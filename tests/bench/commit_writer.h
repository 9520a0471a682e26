// Writes commits as fast as one broker takes them, or at a rate: batches that were made before,
// sent over plain connections, some requests ahead of the answers. For a broker on this machine
// without TLS. What the broker refuses ends the tool.
#pragma once

#include <cstdint>
#include <string>

#include "tests/bench/world.h"

namespace tidemark::bench {

struct CommitWriterSettings {
  std::string bootstrap;  // the leader of all partitions of the offsets topic
  int batch = 10'000;     // records in one batch at most
  int rate = 0;           // commits a second, 0: no limit
  int connections = 2;
};

struct Written {
  std::int64_t commits = 0;
  double seconds = 0;  // until the broker had the last
};

// All rounds of a world, one after the other; newest at the end of each offsets partition.
Written write_commits(const World& world, const CommitWriterSettings& settings);

}  // namespace tidemark::bench
