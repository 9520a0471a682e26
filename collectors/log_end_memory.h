// What refreshes of log ends remember of each other. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "collectors/cluster_board.h"
#include "core/ids.h"
#include "core/mutex.h"

namespace tidemark {

class LogEndMemory {
 public:
  // Log starts move slowly: they are asked for less often, and remembered meanwhile.
  void note_start(const std::string& topic, std::int32_t partition, Offset start);
  [[nodiscard]] std::optional<Offset> start(const std::string& topic, std::int32_t partition) const;
  // Forgets topics that the plan does not have.
  void keep_only(const ClusterPlan& plan);

  // True the first time that it is asked for this partition of the offsets topic.
  bool first_bounds_of(std::int32_t offsets_partition);

 private:
  mutable Mutex mutex_;
  std::map<std::string, std::vector<std::optional<Offset>>> starts_ TM_GUARDED_BY(mutex_);
  std::vector<bool> bounds_told_ TM_GUARDED_BY(mutex_);
};

}  // namespace tidemark
