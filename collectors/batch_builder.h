// Decodes what one fetch of the offsets topic brought into one batch of observations. Pure; any
// thread.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "collectors/cluster_collector.h"
#include "collectors/kafka_client.h"
#include "evaluator/observation.h"

namespace tidemark {

struct BuiltBatch {
  OffsetsBatch batch;          // without positions
  CollectorCounters counters;  // records, damage and skipped kinds of this batch
  std::string first_damage;    // where and what, for a log line; empty: none
  std::string first_unknown;   // the same for a kind that no release has
};

// Entries that are not records are passed over. The batch owns its bytes: nothing in it points into
// `records`.
BuiltBatch build_batch(std::span<const FetchedRecord> records, Instant received_at);

// The first of the records, as many as fit into so many bytes of keys and values; at least one.
std::span<const FetchedRecord> first_part(std::span<const FetchedRecord> records,
                                          std::size_t most_bytes);

}  // namespace tidemark
