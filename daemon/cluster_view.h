// What the API sees of the running pipelines.
#pragma once

#include <memory>
#include <vector>

#include "api/view.h"
#include "daemon/pipeline/pipeline.h"

namespace tidemark {

class ClusterView final : public View {
 public:
  // The pipelines outlive it.
  explicit ClusterView(const std::vector<std::unique_ptr<Pipeline>>& pipelines)
      : pipelines_(pipelines) {}

  [[nodiscard]] std::vector<std::shared_ptr<const ClusterReport>> reports() const override;
  Result<GroupDetail> detail(std::string_view cluster, std::string_view group, bool trace) override;

 private:
  const std::vector<std::unique_ptr<Pipeline>>& pipelines_;
};

}  // namespace tidemark
