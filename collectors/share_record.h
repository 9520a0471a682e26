// The records of `__share_group_state`, and what they add up to: how far a share group is done with
// each of its partitions. Bytes are hostile until checked, as those of the offsets topic.
//
// A snapshot (key type 0) holds the whole state of a share partition, an update (1) what changed
// since: a start offset and batches of records with their state. Brokers write the start offset as
// it was before the batches that come with it, so the start that counts is behind the accepted and
// archived batches that begin there. Source: Apache Kafka's share-coordinator schemas, 4.0 to 4.3.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "evaluator/observation.h"

namespace tidemark {

struct ShareRecord {
  struct Batch {
    std::int64_t first = 0;
    std::int64_t last = 0;  // inclusive
    bool done = false;      // accepted by a consumer, or given up
  };
  std::string group;
  TopicUuid topic_id{};
  std::int32_t partition = 0;
  bool update = false;
  bool tombstone = false;
  std::int64_t start = -1;  // −1: not set (snapshot), or as before (update)
  std::vector<Batch> batches;
};

// Null: of another kind, or damaged. `value` null: a tombstone.
std::optional<ShareRecord> decode_share_record(std::string_view key,
                                               std::optional<std::string_view> value);

// The partition of the state topic that holds a share partition's state.
std::int32_t share_state_partition_of(std::string_view group, const TopicUuid& topic_id,
                                      std::int32_t partition, std::int32_t partitions);

// The state of all share partitions, record by record in the order of the topic. One thread.
class ShareProgress {
 public:
  // What is so after this record.
  ShareStateSeen take(const ShareRecord& record, Instant written_at);

 private:
  struct Key {
    std::string group;
    TopicUuid topic_id{};
    std::int32_t partition = 0;
    friend bool operator<(const Key& a, const Key& b) {
      return std::tie(a.group, a.topic_id, a.partition) <
             std::tie(b.group, b.topic_id, b.partition);
    }
  };
  struct State {
    std::int64_t start = -1;
    std::map<std::int64_t, std::int64_t> done;  // first → last, apart from each other
  };

  static void set(State& state, const ShareRecord::Batch& batch);
  static void settle(State& state);

  std::map<Key, State> states_;
};

}  // namespace tidemark
