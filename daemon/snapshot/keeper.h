// Keeps the snapshot of one cluster: takes up the one that is there before anything is seen, has a
// new one written at each interval, in small steps, and a last one at the end. Owned by one
// pipeline thread; without a path it does nothing.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "collectors/cluster_collector.h"
#include "core/clock.h"
#include "daemon/pipeline/cluster_state.h"
#include "daemon/snapshot/snapshot_writer.h"

namespace tidemark {

struct SnapshotSettings {
  std::string path;  // empty: none is kept
  Duration interval = std::chrono::seconds{60};
};

// `snapshot-NAME.bin`, where the name of the cluster is encoded as in a URL.
std::string snapshot_name(const std::string& cluster);

class SnapshotKeeper {
 public:
  // `clock` outlives it.
  SnapshotKeeper(std::string cluster, SnapshotSettings settings, const Clock& clock);

  // Where reading goes on from.
  ResumeFrom restore(ClusterState& state);
  // Between two observations. True: there is more to do soon.
  bool step(ClusterState& state);
  // The next one is due: what the last one holds is not to come back.
  void write_soon() { next_ = clock_.steady(); }
  // Waits for it, for some seconds at most.
  void write_last(ClusterState& state);

  [[nodiscard]] SnapshotHealth health(ClusterState& state) const;

 private:
  bool take(ClusterState& state, const SnapshotFile& file, Restored::What what);
  [[nodiscard]] Instant shown_now() const { return clock_.now() + clock_.step(); }

  const std::string cluster_;
  const SnapshotSettings settings_;
  const Clock& clock_;
  std::unique_ptr<SnapshotWriter> writer_;  // null: none is kept
  std::chrono::steady_clock::time_point next_;
  std::optional<Saving::Part> waiting_;  // for room
};

}  // namespace tidemark
