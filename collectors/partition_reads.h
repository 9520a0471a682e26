// The positions of a reader in all partitions of one topic, read from their log starts on. One
// whose position is outside the log resumes at log start, one that fails resumes where it was,
// after a growing pause; both are counted. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "collectors/kafka_client.h"
#include "collectors/outlet.h"
#include "core/clock.h"

namespace tidemark {

class PartitionReads {
 public:
  struct Topic {
    std::string name;
    std::string label;  // of its failures in the metrics: "offsets" makes "offsets_fetch", …
    std::function<void(bool)> reading_allowed;  // told when the right is missing, and there again
  };
  // `settings`, `outlet` and `clock` outlive it.
  PartitionReads(Topic topic, const CollectorSettings& settings, Outlet& outlet,
                 const Clock& clock);

  // Where reading of a partition begins; null: at its log start, as all do without this.
  using BeginsAt = std::function<std::optional<Offset>(std::int32_t partition)>;
  void begin_at(BeginsAt begins_at) { begins_at_ = std::move(begins_at); }

  // Begins to read those up to `count` that are not being read. `meanwhile` is called while brokers
  // are asked.
  void adopt(std::int32_t count, const std::shared_ptr<KafkaClient>& client,
             const std::stop_token& stop, const std::function<void()>& meanwhile);
  // Where those stand that have moved.
  std::vector<OffsetsPosition> note(std::span<const FetchedRecord> fetched);
  // Those that are read from their log start from here on, though they were to begin elsewhere or
  // had come further, since the last call.
  std::vector<std::int32_t> take_begun_anew() { return std::exchange(begun_anew_, {}); }
  // Takes up again those whose pause is over.
  void resume(KafkaClient& client);
  // There are some, and each that can be read has been read to its end since it was begun.
  [[nodiscard]] bool caught_up() const;
  // The next adopt() begins all anew, by another client, where they stand.
  void change_client();

 private:
  using Steady = std::chrono::steady_clock::time_point;
  struct Partition {
    std::optional<Offset> position;  // null: its beginning, which is not known yet
    KafkaFault fault = KafkaFault::none;
    std::optional<Steady> resume_at;
    Duration backoff{0};
    bool seen_end = false;
  };

  void note(const FetchedRecord& record, std::vector<bool>& moved);
  void note_fault(std::int32_t partition, const FetchedRecord& record);

  const Topic topic_;
  const CollectorSettings& settings_;
  Outlet& outlet_;
  const Clock& clock_;
  std::vector<Partition> partitions_;
  std::size_t adopted_ = 0;  // of these, the first are read by the present client
  Steady next_adoption_{};
  BeginsAt begins_at_;
  std::vector<std::int32_t> begun_anew_;
};

}  // namespace tidemark
