#include "collectors/log_end_memory.h"

namespace tidemark {

bool LogEndMemory::first_bounds_of(std::int32_t offsets_partition) {
  const auto at = static_cast<std::size_t>(offsets_partition);
  const MutexLock lock(mutex_);
  if (at >= bounds_told_.size()) bounds_told_.resize(at + 1);
  if (bounds_told_[at]) return false;
  bounds_told_[at] = true;
  return true;
}

}  // namespace tidemark
