// How alerts go: what is open, what became of it, and how it is delivered. Plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/time.h"

namespace tidemark {

// The deliveries of one receiver. Counts are since the start.
struct ReceiverState {
  std::string receiver;
  std::uint64_t delivered = 0;
  std::uint64_t refused = 0;   // for good, by the other side
  std::uint64_t failed = 0;    // attempts, to be tried again
  std::uint64_t given_up = 0;  // tried in vain for a day
  std::uint64_t overflow = 0;  // there was no room in the queue
  std::size_t waiting = 0;
  std::size_t waiting_bytes = 0;
  std::uint64_t dropped = 0;              // there was no room for, and it has not been told of yet
  std::optional<Instant> dropped_from;    // the first of them,
  std::optional<Instant> dropped_to;      // and the last
  std::optional<Instant> oldest;          // since when the oldest waits
  std::optional<Instant> last_delivered;  // null: nothing yet
  std::string last_failure;               // in words; empty: the last attempt arrived
};

struct AlertStatus {
  std::string path;     // of the file; empty: no alerts are kept
  std::string failing;  // why what happens is not on the disk; empty: it is
  std::map<std::pair<std::string, std::string>, std::uint64_t> open;  // (cluster, kind) → incidents
  std::map<std::string, std::uint64_t> fates;  // what became of changes of incidents → how many
  std::vector<ReceiverState> receivers;
};

}  // namespace tidemark
