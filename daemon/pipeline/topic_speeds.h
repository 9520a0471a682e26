// How fast records are written to the partitions of a topic: worked out when first asked for, and
// kept for a while, because all groups in trouble on one topic ask the same. Owned by one pipeline
// thread; instants are on the brokers' clock.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/time.h"
#include "daemon/pipeline/topic_table.h"
#include "evaluator/finding.h"

namespace tidemark {

class TopicSpeeds {
 public:
  using Of = std::optional<Speed>;  // one partition; null: too little was seen

  explicit TopicSpeeds(Duration keep) : keep_(keep) {}

  // By partition, over `window`. Valid until the next call.
  const std::vector<Of>& of(const Topic& topic, Duration window, Instant now);
  // Topics came or went.
  void forget() { known_.clear(); }
  // How many partitions were worked out so far: what it cost.
  [[nodiscard]] std::size_t worked_out() const { return worked_out_; }

 private:
  const Duration keep_;
  Instant since_;
  std::size_t worked_out_ = 0;
  std::map<std::pair<const Topic*, Duration>, std::vector<Of>> known_;
};

}  // namespace tidemark
