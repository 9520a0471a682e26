// Reads all partitions of `__consumer_offsets` from their log start, without a group, and sends
// what it finds as batches in the order of the topic. One thread, its own.
//
// It waits for the first log ends (commits are judged by them), for a topic that does not exist
// yet, and for brokers that are away; it sees new partitions. A partition whose position is outside
// the log resumes at log start, one that fails resumes where it was; both are counted. What is
// there at first is read in haste, and what comes later as it gathers: by another client.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "collectors/batch_builder.h"
#include "collectors/cluster_board.h"
#include "collectors/drain_watch.h"
#include "collectors/link_tracker.h"
#include "collectors/outlet.h"
#include "collectors/partition_reads.h"
#include "core/clock.h"
#include "core/log.h"

namespace tidemark {

class OffsetsReader {
 public:
  // All outlive it.
  OffsetsReader(const CollectorSettings& settings, Outlet& outlet, ClusterBoard& board,
                LinkTracker& link, const Clock& clock);

  // The thread's body.
  void run(const std::stop_token& stop);

 private:
  // False: stopped.
  bool wait_for_topic(const std::stop_token& stop);
  bool open(HandleUse use, const std::stop_token& stop);
  bool wait_for_beginnings(const std::stop_token& stop);
  void adopt(const std::stop_token& stop);
  void read(const std::stop_token& stop);
  void leave_haste(const std::stop_token& stop);
  std::optional<Offset> begin_of(std::int32_t partition);
  void take(std::span<const FetchedRecord> fetched, const std::stop_token& stop);
  void tell_strange(const BuiltBatch& built);

  const CollectorSettings& settings_;
  Outlet& outlet_;
  ClusterBoard& board_;
  LinkTracker& link_;
  const Clock& clock_;

  ResumeFrom resume_;                     // it is this cluster's, or empty
  std::vector<std::int32_t> begun_anew_;  // not told yet
  std::shared_ptr<KafkaClient> client_;
  bool in_haste_ = true;
  PartitionReads reads_;
  DrainWatch drain_{20'000};
  log::RateLimit damage_limit_{std::chrono::seconds{60}};
  log::RateLimit unknown_limit_{std::chrono::seconds{60}};
};

}  // namespace tidemark
