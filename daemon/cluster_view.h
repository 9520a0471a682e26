// What the API sees of the running pipelines, of the recorded history and of the kept events.
#pragma once

#include <memory>
#include <vector>

#include "api/view.h"
#include "daemon/alerts/alert_desk.h"
#include "daemon/history/recorder.h"
#include "daemon/pipeline/pipeline.h"
#include "daemon/state/event_keeper.h"

namespace tidemark {

class ClusterView final : public View {
 public:
  // All outlive it. `recorder` may be null: nothing is recorded; so may `desk`, at the beginning.
  ClusterView(const std::vector<std::unique_ptr<Pipeline>>& pipelines,
              const std::unique_ptr<Recorder>& recorder, const EventKeeper& keeper,
              const std::unique_ptr<AlertDesk>& desk)
      : pipelines_(pipelines), recorder_(recorder), keeper_(keeper), desk_(desk) {}

  [[nodiscard]] std::vector<std::shared_ptr<const ClusterReport>> reports() const override;
  Result<GroupDetail> detail(std::string_view cluster, std::string_view group, bool trace) override;
  [[nodiscard]] std::shared_ptr<const HistoryStatus> history() const override;
  [[nodiscard]] std::shared_ptr<const EventStatus> events() const override;
  [[nodiscard]] std::vector<std::shared_ptr<const Event>> waiting_events(
      std::string_view cluster) const override;
  [[nodiscard]] std::shared_ptr<const AlertStatus> alerts() const override;

 private:
  const std::vector<std::unique_ptr<Pipeline>>& pipelines_;
  const std::unique_ptr<Recorder>& recorder_;
  const EventKeeper& keeper_;
  const std::unique_ptr<AlertDesk>& desk_;
};

}  // namespace tidemark
