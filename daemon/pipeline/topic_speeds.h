// How fast records are written to the partitions of a topic: worked out when first asked for, and
// kept for a while, because all groups in trouble on one topic ask the same. Owned by one pipeline
// thread; instants are on the brokers' clock.
#pragma once

#include <cstddef>
#include <cstdint>
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

  // `topics` outlives it.
  TopicSpeeds(const TopicTable& topics, Duration keep) : topics_(topics), keep_(keep) {}

  // By partition, over `window`. Valid until the next call.
  const std::vector<Of>& of(const Topic& topic, Duration window, Instant now);
  // How many partitions were worked out so far: what it cost.
  [[nodiscard]] std::size_t worked_out() const { return worked_out_; }

 private:
  const TopicTable& topics_;
  const Duration keep_;
  Instant since_;
  std::uint64_t changes_ = 0;  // of the table, up to the last call
  std::size_t worked_out_ = 0;
  std::map<std::pair<const Topic*, Duration>, std::vector<Of>> known_;
};

}  // namespace tidemark
