// What the API sees of the running pipelines and of the recorded history.
#pragma once

#include <memory>
#include <vector>

#include "api/view.h"
#include "daemon/history/recorder.h"
#include "daemon/pipeline/pipeline.h"

namespace tidemark {

class ClusterView final : public View {
 public:
  // Both outlive it. `recorder` may be null: nothing is recorded.
  ClusterView(const std::vector<std::unique_ptr<Pipeline>>& pipelines,
              const std::unique_ptr<Recorder>& recorder)
      : pipelines_(pipelines), recorder_(recorder) {}

  [[nodiscard]] std::vector<std::shared_ptr<const ClusterReport>> reports() const override;
  Result<GroupDetail> detail(std::string_view cluster, std::string_view group, bool trace) override;
  [[nodiscard]] std::shared_ptr<const HistoryStatus> history() const override;

 private:
  const std::vector<std::unique_ptr<Pipeline>>& pipelines_;
  const std::unique_ptr<Recorder>& recorder_;
};

}  // namespace tidemark
