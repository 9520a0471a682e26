// What the API changes in the running daemon: it finds who has to do it, and tells it as an event
// with its author. Any thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/changes.h"
#include "daemon/alerts/alert_desk.h"
#include "daemon/pipeline/pipeline.h"

namespace tidemark {

class ClusterChanges final : public Changes {
 public:
  // Reads the configuration anew; empty: it is good, and the daemon goes on with it soon. Else what
  // is wrong, in the loader's words.
  using Reload = std::function<std::optional<Refusal>()>;

  // All outlive it.
  ClusterChanges(const std::vector<std::unique_ptr<Pipeline>>& pipelines,
                 const std::unique_ptr<AlertDesk>& desk, Reload reload)
      : pipelines_(pipelines), desk_(desk), reload_(std::move(reload)) {}

  [[nodiscard]] Covers covering(const SilenceRow& matchers) const override;
  Changed<SilenceRow> add_silence(const WantedSilence& wanted) override;
  Changed<SilenceRow> end_silence(const std::string& id, const std::string& author) override;
  Changed<IncidentRow> acknowledge(const AcknowledgementRow& row) override;
  std::optional<Refusal> forget_group(const std::string& cluster, const std::string& group,
                                      const std::string& author) override;
  std::optional<Refusal> reload(const std::string& author) override;

  // A silence has ended by itself, maybe before the start of this process.
  void silence_is_over(const SilenceRow& row);

 private:
  void tell_of(const SilenceRow& row, Event event);
  Pipeline* find(const std::string& cluster) const;

  const std::vector<std::unique_ptr<Pipeline>>& pipelines_;
  const std::unique_ptr<AlertDesk>& desk_;
  const Reload reload_;
};

}  // namespace tidemark
