// Reads `__share_group_state` from its log start, once it exists, and tells how far share groups
// are done with their partitions. A right that is missing is told, and tried again. One thread, its
// own.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "collectors/cluster_board.h"
#include "collectors/outlet.h"
#include "collectors/partition_reads.h"
#include "collectors/share_record.h"
#include "core/clock.h"

namespace tidemark {

class LinkTracker;

class ShareStateReader {
 public:
  // All outlive it.
  ShareStateReader(const CollectorSettings& settings, Outlet& outlet, ClusterBoard& board,
                   LinkTracker& link, const Clock& clock);

  // The thread's body.
  void run(const std::stop_token& stop);

 private:
  bool wait_for_topic(const std::stop_token& stop);
  void take(const Fetched& fetched, const std::stop_token& stop);

  const CollectorSettings& settings_;
  Outlet& outlet_;
  ClusterBoard& board_;
  LinkTracker& link_;
  const Clock& clock_;

  std::shared_ptr<KafkaClient> client_;
  PartitionReads reads_;
  ShareProgress progress_;
  std::string problem_;  // why the state can't be read, one sentence
  std::string told_problem_;
};

}  // namespace tidemark
