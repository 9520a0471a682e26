// Puts the parts of a snapshot into its file, on a thread of its own (`snap NAME`): whoever makes
// them never waits for the disk. A few parts may wait, so little memory is held. A head begins the
// file anew, and drops what was begun; the last part puts it into its place.
//
// A failure (no room, no right, no folder) costs that snapshot: it is counted, told in the log, and
// the one from before stays. The destructor waits until all is written that was handed over.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/channel.h"
#include "core/clock.h"
#include "core/log.h"
#include "core/mutex.h"
#include "core/worker.h"
#include "daemon/snapshot/saving.h"
#include "evaluator/report.h"
#include "storage/snapshot_file.h"

namespace tidemark {

class SnapshotWriter {
 public:
  // `clock` outlives it.
  SnapshotWriter(std::string cluster, std::string path, const Clock& clock);
  ~SnapshotWriter();

  // False: there is no room for it now.
  bool offer(Saving::Part& part, std::chrono::milliseconds limit);

  // Any thread.
  [[nodiscard]] SnapshotHealth health() const;

 private:
  void run(const std::stop_token& stop);
  void take(const Saving::Part& part);
  Status write(const Saving::Part& part);
  void failed(const Error& error);
  void written();

  const std::string cluster_;
  const std::string path_;
  const Clock& clock_;
  Channel<Saving::Part> parts_{"snapshot", {2, 4'000'000}};

  // The thread's.
  std::unique_ptr<SnapshotFileWriter> file_;  // null: what comes is of no use until a head comes
  std::chrono::steady_clock::time_point began_;
  log::RateLimit complaints_{std::chrono::minutes{10}};

  mutable Mutex mutex_;
  SnapshotHealth health_ TM_GUARDED_BY(mutex_);

  Worker thread_;
};

}  // namespace tidemark
