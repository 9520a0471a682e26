// One leader's part of a refresh of log ends, or a lane of it. It asks in chunks, tells what it
// learns chunk by chunk, and one bad partition does not cost its chunk: after an error the rest is
// asked once more by newer metadata, in halves, down to the partition that is to blame. A leader
// that does not answer costs one time limit. Owned by one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <vector>

#include "collectors/cluster_board.h"
#include "collectors/log_end_memory.h"
#include "collectors/outlet.h"
#include "core/clock.h"

namespace tidemark {

enum class LogPoint : std::uint8_t { end, stable, start };

// Fills in the answers to all questions, or fails. Has a time limit of its own.
using AskOffsets = std::function<KafkaError(LogPoint, std::vector<OffsetQuestion>&)>;

struct PartitionOf {
  const TopicLeaders* topic = nullptr;  // in a plan
  std::int32_t partition = 0;

  [[nodiscard]] std::int32_t leader() const {
    return topic->leaders[static_cast<std::size_t>(partition)];
  }
};
using PartitionList = std::vector<PartitionOf>;

// −1: those without a leader.
std::map<std::int32_t, PartitionList> by_leader(const ClusterPlan& plan);

// Those of one leader in equal parts, to be asked at the same time: on a long way the answer to one
// request is waited for while others travel. One part where they are few or `leaders` many.
std::vector<PartitionList> in_lanes(const PartitionList& partitions, std::size_t leaders);

class LogEndRequest {
 public:
  struct Surroundings {
    AskOffsets ask;
    LogEndMemory& memory;
    Outlet& outlet;
    ClusterBoard& board;
    const Clock& clock;
    std::stop_token stop;
  };

  LogEndRequest(std::shared_ptr<const ClusterPlan> plan, Surroundings around);

  // `partitions` have one leader in common. `leaderless` are told as unknown along with the first
  // answer.
  void run(const PartitionList& partitions, PartitionList leaderless);

 private:
  struct Chunk;

  PartitionList try_all(const PartitionList& partitions);
  void try_again(const PartitionList& failed);
  bool isolate(const PartitionList& chunk);
  KafkaError ask(const PartitionList& partitions, bool tell_in_any_case);
  KafkaError ask_into(Chunk& chunk);
  KafkaError ask_one(LogPoint point, std::vector<OffsetQuestion>& questions);
  void tell(const Chunk& chunk);

  std::shared_ptr<const ClusterPlan> plan_;
  const Surroundings around_;
  std::int32_t leader_ = -1;
  PartitionList leaderless_;
};

}  // namespace tidemark
