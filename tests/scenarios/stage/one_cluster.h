// One cluster as the daemon runs it, but for threads, sockets and librdkafka: what the collectors
// would have seen is handed in, time is handed in, and the answers are those of the HTTP server.
// Single-threaded.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http_message.h"
#include "api/request_metrics.h"
#include "api/server.h"
#include "api/view.h"
#include "collectors/cluster_collector.h"
#include "collectors/kafka_client.h"
#include "collectors/share_record.h"
#include "config/config.h"
#include "daemon/pipeline/cluster_state.h"

namespace tidemark::scenario {

struct RawShareRecord {
  std::string key;
  std::optional<std::string> value;
  Instant written_at;
};

class OneCluster final : public View {
 public:
  // Judges by `config`'s first cluster and its policies; `config` outlives it.
  explicit OneCluster(const Config& config);

  // What the offsets reader fetched: raw records of one partition, and where it will go on.
  void take_records(const std::vector<FetchedRecord>& records, OffsetsPosition next, Instant at);
  // The same of the topic that holds the state of share groups, which has one partition here.
  void take_share_records(const std::vector<RawShareRecord>& records, Offset next);
  template <class Seen>
  void take(Seen seen) {
    state_.apply(std::move(seen));
  }

  void tick(Instant now);
  [[nodiscard]] const ClusterReport& report() const { return *report_; }
  // A commit for a topic without a known log end has come: the collectors would ask at once.
  bool take_wants_refresh() { return state_.take_wants_refresh(); }
  std::vector<ProbeQuestion> take_probes() { return state_.take_probes(); }

  [[nodiscard]] HttpReply get(const std::string& path);

  [[nodiscard]] std::vector<std::shared_ptr<const ClusterReport>> reports() const override {
    return {report_};
  }
  Result<GroupDetail> detail(std::string_view cluster, std::string_view group, bool trace) override;

 private:
  void count(const CollectorCounters& more);

  ClusterState state_;
  CollectorCounters counters_;
  ShareProgress shares_;
  Instant now_;
  std::uint64_t ticks_ = 0;
  std::shared_ptr<const ClusterReport> report_;
  const ServerSettings settings_;
  const RequestMetrics requests_;
};

}  // namespace tidemark::scenario
