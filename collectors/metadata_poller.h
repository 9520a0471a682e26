// Asks for topics, partitions and leaders: at start, at each interval, and soon when somebody wants
// it; and tells how the link to the cluster is. One thread, its own; it also opens the handles that
// log ends are asked with.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>

#include "collectors/cluster_board.h"
#include "collectors/link_tracker.h"
#include "collectors/metadata_schedule.h"
#include "collectors/outlet.h"
#include "collectors/topic_memory.h"
#include "core/clock.h"

namespace tidemark {

// Opens a handle; tries again until librdkafka takes the settings (a certificate's file may appear
// later). Null only after a stop request.
std::shared_ptr<KafkaClient> open_client(const CollectorSettings& settings, Isolation isolation,
                                         const std::stop_token& stop,
                                         const std::function<void(const KafkaError&)>& on_error,
                                         HandleUse use = HandleUse::bulk);

// Tells link and counters what the handle's error callback has said. True if the presence of the
// brokers should be verified.
bool note_errors(KafkaClient& client, LinkTracker& link, Outlet& outlet);

class MetadataPoller {
 public:
  // All outlive it.
  MetadataPoller(const CollectorSettings& settings, Outlet& outlet, ClusterBoard& board,
                 LinkTracker& link, const Clock& clock);

  // The thread's body.
  void run(const std::stop_token& stop);

 private:
  std::shared_ptr<KafkaClient> open(Isolation isolation, const std::stop_token& stop);
  void refresh(const std::stop_token& stop);
  void look_for_offsets_topic(const std::stop_token& stop);
  void publish(ClusterMetadata&& seen, const std::stop_token& stop);
  void note_failure(const KafkaError& error);
  [[nodiscard]] Duration look_again(bool doubtful) const;
  void report(const std::stop_token& stop);

  const CollectorSettings& settings_;
  Outlet& outlet_;
  ClusterBoard& board_;
  LinkTracker& link_;
  const Clock& clock_;

  MetadataSchedule schedule_;
  std::shared_ptr<KafkaClient> ends_;
  std::shared_ptr<KafkaClient>
      stable_;  // opened after the first answer: one login is tried, not two
  TopicMemory memory_;
  std::uint64_t version_ = 0;
  std::uint64_t revision_ = 0;
  OffsetsTopicAccess access_ = OffsetsTopicAccess::unknown;
};

}  // namespace tidemark
