// The one door to librdkafka: no other file includes it. A handle reads and asks, and never writes,
// joins no group and commits nothing, so that the monitor does not show up in what it watches.
//
// Every call has a time limit. Failures come back as KafkaError; what happens between the calls
// (a lost connection, a refused login) is collected and handed out by take_errors().
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/kafka_error.h"
#include "core/time.h"

namespace tidemark {

// read_committed: "end" means the last stable offset, and aborted records are left out.
enum class Isolation : std::uint8_t { read_committed, read_uncommitted };

// What a handle is for. `backlog` and `bulk` read much of one topic: of little that has come a
// broker tells the first after a moment, the second once some more has gathered. `probes` looks at
// single records of many partitions in turn: it fetches little at a time and tells each record's
// topic and time. `timed` tells them too, and holds little at a time of a topic that is read as a
// whole.
enum class HandleUse : std::uint8_t { bulk, backlog, probes, timed };

struct KafkaClientSettings {
  std::string cluster;    // for log lines
  std::string bootstrap;  // host:port[,host:port…]
  std::map<std::string, std::string> kafka;
  Isolation isolation = Isolation::read_committed;
  HandleUse use = HandleUse::bulk;
};

struct TopicLeaders {
  std::string name;
  KafkaError error;                   // of the topic as a whole; `leaders` may be empty then
  std::vector<std::int32_t> leaders;  // by partition; −1: none
};

struct ClusterMetadata {
  std::string cluster_id;
  std::vector<std::int32_t> brokers;
  std::vector<TopicLeaders> topics;
};

template <class T>
struct KafkaAnswer {
  KafkaError error;
  T value;  // only if there is no error

  [[nodiscard]] bool ok() const { return error.ok(); }
};

enum class LogMark : std::uint8_t { start, end };

struct OffsetQuestion {
  const std::string* topic = nullptr;  // outlives the question
  std::int32_t partition = 0;
  std::optional<std::int64_t> offset;  // the answer; null: this partition has none
};

// What DescribeConfigs tells of one topic.
struct TopicConfigs {
  std::string topic;
  KafkaError error;  // of this topic alone; then there are no values
  std::map<std::string, std::string> values;
};

// One thing that a fetch brought. The views live as long as the Fetched that holds it.
struct FetchedRecord {
  std::int32_t partition = 0;
  // Of the record; of the next one to come for end_of_log.
  std::int64_t offset = 0;
  KafkaFault fault = KafkaFault::none;  // none: a record; else the state of this partition
  bool value_null = false;
  std::string_view key;
  std::string_view value;  // the error's words when it is neither a record nor end_of_log
  // Not of a `bulk` handle.
  std::string_view topic;
  std::optional<std::int64_t> time_ms;
  bool log_append_time = false;
};

// What a fetch brought, in order within each partition.
class Fetched {
 public:
  Fetched();
  Fetched(Fetched&&) noexcept;
  Fetched& operator=(Fetched&&) noexcept;
  ~Fetched();

  [[nodiscard]] const std::vector<FetchedRecord>& records() const { return records_; }

 private:
  friend class KafkaClient;
  struct Owner;

  std::unique_ptr<Owner> owner_;
  std::vector<FetchedRecord> records_;
};

// Threads: any may call metadata, offsets and take_errors; one thread fetches.
class KafkaClient {
 public:
  // Connects in the background. Fails only on settings that librdkafka refuses as a whole (a file
  // that can't be read, say).
  static KafkaAnswer<std::shared_ptr<KafkaClient>> open(const KafkaClientSettings& settings);
  // Returns within a second: a handle that takes longer to close (a name server that hangs, say)
  // is closed by a thread of its own.
  ~KafkaClient();
  KafkaClient(const KafkaClient&) = delete;
  KafkaClient& operator=(const KafkaClient&) = delete;

  // Of all topics that we may see; also renews what offsets() knows about leaders.
  KafkaAnswer<ClusterMetadata> metadata(Duration limit);
  // Of one topic, whether it exists or not; never creates it.
  KafkaAnswer<TopicLeaders> topic_metadata(const std::string& topic, Duration limit);

  // The values of these settings of each topic, in one DescribeConfigs request.
  KafkaAnswer<std::vector<TopicConfigs>> topic_configs(const std::vector<std::string>& topics,
                                                       const std::vector<std::string>& keys,
                                                       Duration limit);

  // One ListOffsets request per leader; the partitions should have one leader in common, for one
  // that does not answer costs the whole call. All or nothing.
  KafkaError offsets(std::vector<OffsetQuestion>& questions, LogMark mark, Duration limit);

  // Reads a partition from `offset` (null: its log start) into the common queue; again, if it is
  // being read already. Waits for no broker.
  KafkaError read_from(const std::string& topic, std::int32_t partition,
                       std::optional<std::int64_t> offset);
  // Ends that; nothing of the partition comes any more. Waits for no broker.
  void stop_reading(const std::string& topic, std::int32_t partition);
  // What has come, after `wait` or as soon as there are `most`.
  Fetched fetch(Duration wait, std::size_t most);
  // How many records have come and not been fetched.
  [[nodiscard]] std::size_t waiting() const;
  // Lets librdkafka see at once that there is room for more: it stops at a full queue, and looks
  // again up to a second later. Waits for the brokers, a moment at most.
  void wake_fetching();

  // What the error callback has said since the last call, oldest first; runs the callback.
  std::vector<KafkaError> take_errors();

  // It logs no more, for a handle that may outlive its owner (and so the log): one with a call that
  // nobody waits for.
  void be_quiet();

 private:
  struct Handle;
  explicit KafkaClient(std::unique_ptr<Handle> handle);

  std::unique_ptr<Handle> handle_;
};

// Empty if librdkafka takes this setting, else what it says.
std::string librdkafka_refusal(const std::string& key, const std::string& value);

}  // namespace tidemark
