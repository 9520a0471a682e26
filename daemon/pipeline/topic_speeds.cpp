#include "daemon/pipeline/topic_speeds.h"

#include "daemon/pipeline/evidence_parts.h"

namespace tidemark {

const std::vector<TopicSpeeds::Of>& TopicSpeeds::of(const Topic& topic, Duration window,
                                                    Instant now) {
  // A topic may lie where one lay that is gone.
  if (std::exchange(changes_, topics_.changes()) != topics_.changes()) known_.clear();
  if (now - since_ >= keep_ || now < since_) {
    known_.clear();
    since_ = now;
  }
  const auto [found, added] = known_.try_emplace({&topic, window});
  std::vector<Of>& speeds = found->second;
  if (!added && speeds.size() == topic.partitions.size()) return speeds;
  speeds.clear();
  speeds.reserve(topic.partitions.size());
  for (const TopicPartition& partition : topic.partitions) {
    speeds.push_back(speed_produced(partition.history, now - window));
  }
  worked_out_ += speeds.size();
  return speeds;
}

}  // namespace tidemark
