// One cluster from end to end: its collectors, its inlet and the one thread that owns its state.
// drain ► apply ► at each tick judge and publish. Clusters share nothing.
#pragma once

#include <memory>
#include <string>

#include "collectors/cluster_collector.h"
#include "config/policy_table.h"
#include "core/channel.h"
#include "core/clock.h"
#include "core/errands.h"
#include "core/published.h"
#include "core/result.h"
#include "core/worker.h"
#include "daemon/pipeline/catch_up_log.h"
#include "daemon/pipeline/cluster_state.h"
#include "daemon/pipeline/give_back_times.h"
#include "daemon/pipeline/questions.h"
#include "daemon/pipeline/replaced_report.h"
#include "daemon/snapshot/keeper.h"
#include "daemon/state/event_queue.h"
#include "evaluator/report.h"

namespace tidemark {

class Pipeline {
 public:
  // Starts at once. `policies`, `clock` and `events` outlive it; `events` may be null: they are
  // kept in the report only.
  Pipeline(CollectorSettings settings, SnapshotSettings snapshots, const PolicyTable& policies,
           const Clock& clock, const EventStart& start = {}, EventQueue* events = nullptr);
  ~Pipeline();  // upstream first: the collectors, then the pipeline thread
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  // Any thread. Asks everything to end, and returns at once.
  void request_stop();

  // Any thread; never null.
  [[nodiscard]] std::shared_ptr<const ClusterReport> report() const { return published_.get(); }

  // Any thread. Waits a second at most; the error names group and cluster.
  Result<GroupDetail> detail(std::string_view group, bool trace) {
    return questions_.ask(group, trace);
  }
  // Any thread. Forgets all of a group, snapshot included; waits some seconds at most. Null: the
  // pipeline did not come to it, and will not; false: there is no such group.
  std::optional<bool> forget_group(const std::string& group, const std::string& author);
  // Any thread; waits for nobody. `event` of what somebody did, among those of this cluster: now,
  // or, if `at` is set, when people's clocks showed that.
  void tell(Event event);

 private:
  void run(const std::stop_token& stop);
  void take(Observation seen);
  void ask_probes();
  void tick();
  void hand_on_events();
  void free_replaced();
  void write_progress(const ClusterReport& report);

  const std::string cluster_;
  const Clock& clock_;
  Channel<Observation> inlet_;
  Questions questions_;
  Errands errands_;
  ClusterState state_;        // the pipeline thread's, and theirs who ask when it lets them look
  SnapshotKeeper snapshots_;  // the pipeline thread's
  EventQueue* const events_;
  Published<ClusterReport> published_;
  ReplacedReport replaced_;
  Duration last_tick_{0};
  std::uint64_t ticks_ = 0;
  CatchUpLog catch_up_log_;
  GiveBackTimes give_backs_;
  std::unique_ptr<ClusterCollector> collector_;
  std::unique_ptr<Worker> thread_;
};

}  // namespace tidemark
