// What the threads of one cluster's collector tell each other: the newest picture of topics and
// leaders, wishes for a newer one, and that the first log ends are in. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "collectors/cluster_collector.h"
#include "collectors/kafka_client.h"
#include "core/mutex.h"

namespace tidemark {

constexpr char offsets_topic[] = "__consumer_offsets";
constexpr char share_state_topic[] = "__share_group_state";

// Topics and leaders as of one Metadata answer. Immutable once published.
struct ClusterPlan {
  std::string cluster_id;
  std::uint64_t version = 0;         // grows with every answer
  std::uint64_t revision = 0;        // grows when topics, partitions or leaders have changed
  std::vector<TopicLeaders> topics;  // internal ones left out, but for those that are read
  std::int32_t offsets_partitions = 0;
  std::int32_t share_state_partitions = 0;  // 0: no such topic, or we may not see it
  std::shared_ptr<KafkaClient> ends;        // asks for log ends and log starts
  std::shared_ptr<KafkaClient> stable;      // asks for last stable offsets
};

class ClusterBoard {
 public:
  // Null: none yet.
  [[nodiscard]] std::shared_ptr<const ClusterPlan> plan() const;
  void publish(std::shared_ptr<const ClusterPlan> plan);
  // The first plan of a version above `version`; the newest one, or null, after `limit` or a stop.
  std::shared_ptr<const ClusterPlan> wait_for_plan(std::uint64_t version,
                                                   std::chrono::milliseconds limit,
                                                   const std::stop_token& stop);

  // Somebody met a topic that newer metadata may know; repeated in vain it is heard less often.
  void wish_metadata();
  // A request failed in a way that newer metadata explains: at most a second from now.
  void need_metadata();
  struct Wanted {
    bool wished = false;
    bool needed = false;
  };
  // What was said since the last call.
  Wanted take_wanted();

  // Where the offsets topic is read on from.
  void resume_from(ResumeFrom where);
  // Null: stopped before it is known.
  std::optional<ResumeFrom> wait_for_resume(const std::stop_token& stop);
  // Log start and last stable offset of an offsets partition, as first seen.
  struct Bounds {
    Offset begin;
    Offset until;
  };
  void note_offsets_bounds(std::int32_t partition, Bounds bounds);
  // Null: not seen yet.
  [[nodiscard]] std::optional<Bounds> offsets_bounds(std::int32_t partition) const;

  // Each leader has answered the first request for log ends, or failed.
  void first_round_done();
  // False: not within `limit`, or stopped.
  bool wait_for_first_round(std::chrono::milliseconds limit, const std::stop_token& stop);

 private:
  template <class Ready>
  bool wait(std::chrono::milliseconds limit, const std::stop_token& stop, Ready ready)
      TM_REQUIRES(mutex_);

  mutable Mutex mutex_;
  CondVar news_;
  std::shared_ptr<const ClusterPlan> plan_ TM_GUARDED_BY(mutex_);
  Wanted wanted_ TM_GUARDED_BY(mutex_);
  bool first_round_ TM_GUARDED_BY(mutex_) = false;
  std::optional<ResumeFrom> resume_ TM_GUARDED_BY(mutex_);
  std::map<std::int32_t, Bounds> bounds_ TM_GUARDED_BY(mutex_);
};

}  // namespace tidemark
