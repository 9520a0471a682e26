// What refreshes of log ends remember of each other. Any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "core/mutex.h"

namespace tidemark {

class LogEndMemory {
 public:
  // True the first time that it is asked for this partition of the offsets topic.
  bool first_bounds_of(std::int32_t offsets_partition);

 private:
  Mutex mutex_;
  std::vector<bool> bounds_told_ TM_GUARDED_BY(mutex_);
};

}  // namespace tidemark
