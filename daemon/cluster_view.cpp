#include "daemon/cluster_view.h"

#include <string>

namespace tidemark {

std::vector<std::shared_ptr<const ClusterReport>> ClusterView::reports() const {
  std::vector<std::shared_ptr<const ClusterReport>> out;
  out.reserve(pipelines_.size());
  for (const auto& pipeline : pipelines_) out.push_back(pipeline->report());
  return out;
}

Result<GroupDetail> ClusterView::detail(std::string_view cluster, std::string_view group,
                                        bool trace) {
  for (const auto& pipeline : pipelines_) {
    if (pipeline->report()->cluster.get() == cluster) return pipeline->detail(group, trace);
  }
  return Error{"there is no cluster \"" + std::string(cluster) + "\""};
}

std::shared_ptr<const HistoryStatus> ClusterView::history() const {
  return recorder_ ? recorder_->status() : View::history();
}

std::shared_ptr<const EventStatus> ClusterView::events() const { return keeper_.status(); }

std::vector<std::shared_ptr<const Event>> ClusterView::waiting_events(
    std::string_view cluster) const {
  return keeper_.waiting(cluster);
}

std::shared_ptr<const AlertStatus> ClusterView::alerts() const {
  return desk_ ? desk_->status() : View::alerts();
}

}  // namespace tidemark
