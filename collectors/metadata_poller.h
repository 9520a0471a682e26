// Asks for topics, partitions and leaders: at start, at each interval, and soon when somebody wants
// it; and tells how the link to the cluster is. One thread, its own; it also opens the handles that
// log ends are asked with. A cluster that does not answer is asked again after 1 to 10 s.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>

#include "collectors/cluster_board.h"
#include "collectors/link_tracker.h"
#include "collectors/outlet.h"
#include "collectors/topic_memory.h"
#include "core/clock.h"

namespace tidemark {

// Opens a handle; tries again until librdkafka takes the settings (a certificate's file may appear
// later). Null only after a stop request.
std::shared_ptr<KafkaClient> open_client(const CollectorSettings& settings, Isolation isolation,
                                         const std::stop_token& stop,
                                         const std::function<void(const KafkaError&)>& on_error);

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
  using Steady = std::chrono::steady_clock::time_point;

  bool open(const std::stop_token& stop);
  void refresh(const std::stop_token& stop);
  void look_for_offsets_topic(const std::stop_token& stop);
  void publish(ClusterMetadata&& seen, const std::stop_token& stop);
  void plan_next(bool answered, bool doubtful, bool changed);
  void note_failure(const KafkaError& error);
  [[nodiscard]] bool due();
  void report(const std::stop_token& stop);

  const CollectorSettings& settings_;
  Outlet& outlet_;
  ClusterBoard& board_;
  LinkTracker& link_;
  const Clock& clock_;

  std::shared_ptr<KafkaClient> ends_;
  std::shared_ptr<KafkaClient> stable_;
  TopicMemory memory_;
  std::uint64_t version_ = 0;
  std::uint64_t revision_ = 0;
  OffsetsTopicAccess access_ = OffsetsTopicAccess::unknown;

  bool wished_ = false;
  bool needed_ = false;
  bool answered_ = false;
  Duration backoff_{0};   // between attempts that fail
  Duration patience_{0};  // between wishes that found nothing new
  Steady last_{};         // the newest attempt
  Steady next_{};         // the next one that nobody has to wish for
};

}  // namespace tidemark
