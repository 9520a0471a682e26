// Everything that is seen of one cluster: a reader of its offsets topic, a poller of log ends, a
// poller of metadata and a prober of single records, each on a thread of its own, all feeding one
// inlet. Clusters share nothing.
//
// It never gives up: a cluster that is down, slow, refuses authentication or has a wrong address is
// tried again with backoff, and says so by LinkSeen observations. Every network step has a time
// limit. Ends within a few seconds of request_stop, whatever the brokers do.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/channel.h"
#include "core/clock.h"
#include "core/ids.h"
#include "core/time.h"
#include "evaluator/observation.h"

namespace tidemark {

struct CollectorSettings {
  ClusterName cluster;
  std::string bootstrap;                        // host:port[,host:port…]
  std::map<std::string, std::string> kafka;     // passed through to librdkafka: TLS, SASL, client
  Duration refresh = std::chrono::seconds{10};  // of log ends
  Duration metadata_refresh = std::chrono::seconds{60};  // of topics and leaders
  bool resumes = false;  // the offsets topic is not read before resume_from()
};

// Where reading of the offsets topic goes on from, after a restart.
struct ResumeFrom {
  std::string cluster_id;         // of another cluster it says nothing; empty: of none
  std::vector<Offset> positions;  // by offsets partition, of as many; −1: from its beginning
};

// Counted since the start. Values only grow.
struct CollectorCounters {
  std::uint64_t records_read = 0;
  std::map<std::string, std::uint64_t> decode_errors;    // by Damage
  std::map<std::string, std::uint64_t> skipped_records;  // by record kind
  std::map<std::string, std::uint64_t> errors;           // failed requests, by what was asked
};

class ClusterCollector {
 public:
  // Starts at once; observations may arrive before the constructor returns. `inlet` and `clock`
  // outlive the collector. An Observation loads the inlet with its records or partitions, at least
  // 1, and with the bytes that it holds.
  ClusterCollector(CollectorSettings settings, Channel<Observation>& inlet, const Clock& clock);
  ~ClusterCollector();
  ClusterCollector(const ClusterCollector&) = delete;
  ClusterCollector& operator=(const ClusterCollector&) = delete;

  // Any thread. Returns at once; the destructor waits for the threads.
  void request_stop();

  // Any thread, once, where the settings say so.
  void resume_from(ResumeFrom where);

  // Any thread. A topic without a known log end has been seen: metadata and log ends are refreshed
  // soon (rate-limited) instead of at the next interval.
  void refresh_soon();

  // Any thread. Asks for the first readable record at or after an offset; the answer comes as a
  // ProbeSeen, within seconds, whatever the brokers do. A bounded number may wait: false when that
  // is reached, and nothing is asked.
  bool probe(ProbeQuestion question);

  // Any thread.
  [[nodiscard]] CollectorCounters counters() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Keys of [cluster.kafka] that the collectors depend on and set themselves; empty if `key` may be
// passed through, else the reason why it may not (one sentence).
std::string refused_kafka_key(const std::string& key);
// Checks one pass-through setting against librdkafka itself; empty if it is fine, else its message.
std::string check_kafka_setting(const std::string& key, const std::string& value);

}  // namespace tidemark
