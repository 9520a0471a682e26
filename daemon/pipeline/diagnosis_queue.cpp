#include "daemon/pipeline/diagnosis_queue.h"

namespace tidemark {

void DiagnosisQueue::want(const std::string& group, Instant due) {
  const auto [found, added] = due_.try_emplace(group, due);
  if (!added) {
    if (found->second <= due) return;
    order_.erase({found->second, found->first});
    found->second = due;
  }
  order_.emplace(due, found->first);
}

void DiagnosisQueue::forget(const std::string& group) {
  const auto found = due_.find(group);
  if (found == due_.end()) return;
  order_.erase({found->second, found->first});
  due_.erase(found);
}

std::optional<std::string> DiagnosisQueue::take(Instant now) {
  if (order_.empty() || order_.begin()->first > now) return std::nullopt;
  std::string group(order_.begin()->second);
  forget(group);
  return group;
}

}  // namespace tidemark
