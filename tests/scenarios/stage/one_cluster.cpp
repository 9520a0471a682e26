#include "tests/scenarios/stage/one_cluster.h"

#include <utility>

#include "api/listener.h"
#include "api/router.h"
#include "collectors/batch_builder.h"

namespace tidemark::scenario {
namespace {

ClusterStateSettings settings_of(const ClusterConfig& config) {
  return {config.name, config.bootstrap, config.refresh};
}

void add_all(std::map<std::string, std::uint64_t>& to,
             const std::map<std::string, std::uint64_t>& more) {
  for (const auto& [name, count] : more) to[name] += count;
}

}  // namespace

OneCluster::OneCluster(const Config& config)
    : state_(settings_of(config.clusters.front()), config.policies),
      report_(std::make_shared<ClusterReport>()) {}

void OneCluster::take_records(const std::vector<FetchedRecord>& records, OffsetsPosition next,
                              Instant at) {
  BuiltBatch built = build_batch(records, at);
  count(built.counters);
  built.batch.positions.push_back(next);
  state_.apply(std::move(built.batch));
}

void OneCluster::take_share_records(const std::vector<RawShareRecord>& records, Offset next) {
  ShareStateBatch batch;
  for (const RawShareRecord& raw : records) {
    const auto record = decode_share_record(raw.key, raw.value);
    if (record) batch.records.push_back(shares_.take(*record, raw.written_at));
  }
  batch.positions.push_back({0, next});
  state_.apply(std::move(batch));
}

void OneCluster::count(const CollectorCounters& more) {
  counters_.records_read += more.records_read;
  add_all(counters_.decode_errors, more.decode_errors);
  add_all(counters_.skipped_records, more.skipped_records);
}

void OneCluster::tick(Instant now) {
  now_ = now;
  auto report = state_.tick(now);
  ClusterHealth& health = report->health;
  health.records_read = counters_.records_read;
  add_all(health.decode_errors, counters_.decode_errors);
  health.skipped_records = counters_.skipped_records;
  health.ticks = ++ticks_;
  report_ = std::move(report);
}

HttpReply OneCluster::get(const std::string& path) {
  const Site site{*this, settings_, requests_, [] { return ListenerStats{}; }, "stage"};
  HttpReply reply = dispatch(site, {"GET", path});
  if (reply.stream) {  // while what it refers to is there
    reply.stream([&](std::string_view piece) {
      reply.body += piece;
      return true;
    });
  }
  return reply;
}

Result<GroupDetail> OneCluster::detail(std::string_view cluster, std::string_view group,
                                       bool trace) {
  if (report_->cluster.get() != cluster) {
    return Error{"there is no cluster \"" + std::string(cluster) + "\""};
  }
  return state_.detail(group, trace, now_);
}

}  // namespace tidemark::scenario
