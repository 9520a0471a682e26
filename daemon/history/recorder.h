// Writes the history: at each interval it looks at the newest report of every cluster and writes
// what is remembered of its groups; in between it keeps the file in order. Nothing waits for it: it
// reads published reports, and whatever its file does, verdicts, answers and scrapes go on.
//
// A file that is damaged is set aside under another name and a new one begun; one of a newer
// version is left alone and nothing is recorded; without room, or on a read-only disk, it tries
// again at each interval. Each of these is said in the log and in status().
//
// One thread of its own (`history`), which the destructor ends.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/log.h"
#include "core/published.h"
#include "core/worker.h"
#include "daemon/history/sampling.h"
#include "evaluator/report.h"
#include "storage/history_codec.h"
#include "storage/history_file.h"
#include "storage/history_status.h"

namespace tidemark {

struct RecorderSettings {
  HistorySettings file;
  Duration interval = std::chrono::seconds{30};  // whole seconds
};

using ClusterReports = std::vector<std::shared_ptr<const ClusterReport>>;

class Recorder {
 public:
  // `clock` and what `reports` refers to outlive it.
  Recorder(RecorderSettings settings, std::function<ClusterReports()> reports, const Clock& clock);

  // What the thread does, to be called by hand in tests: looks at what is due.
  // True: there is more to do at once.
  bool work();

  // Any thread.
  [[nodiscard]] std::shared_ptr<const HistoryStatus> status() const { return status_.get(); }

  // From here on it works by itself.
  void start();
  void request_stop();

 private:
  struct Cluster {
    Sampling sampling;
    std::map<std::string, HistoryEncoder, std::less<>> encoders;  // by group
    Instant last;                                                 // shown time
  };

  void record(Instant at);
  void record(const ClusterReport& report, Instant at);
  static void put_pieces(const ClusterReport& report, Cluster& cluster, Instant at,
                         const PutPiece& put);
  bool ready();
  void take(const DatabaseError& error);
  void forget_all();
  void publish();

  const RecorderSettings settings_;
  const std::function<ClusterReports()> reports_;
  const Clock& clock_;
  std::unique_ptr<HistoryFile> file_;  // null: to be opened, unless off
  std::map<std::string, Cluster> clusters_;
  std::optional<Instant> next_;  // shown time
  log::RateLimit complaints_;
  HistoryStatus now_;
  Published<HistoryStatus> status_;
  std::unique_ptr<Worker> thread_;
};

}  // namespace tidemark
