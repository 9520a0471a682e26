// What a scrape of /metrics costs: 10,000 groups that read 100 partitions each, one in ten of them
// behind, into a sink that keeps nothing. Per series; `first_piece_us` is when the first bytes are
// there, `largest_piece` how many bytes are held at most.
#include <benchmark/benchmark.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "api/listener.h"
#include "api/metrics.h"
#include "api/request_metrics.h"
#include "api/router.h"
#include "api/server.h"

namespace tidemark::bench {
namespace {

constexpr Instant kNow = from_ms(1'700'000'000'000);
constexpr int kPartitions = 100;

PartitionReport partition(int id, bool late, int salt) {
  PartitionReport out;
  out.partition = PartitionId{id};
  out.committed = true;
  out.status = PartitionStatus::ok;
  out.reason = late ? Reason::falling_behind : Reason::caught_up;
  out.samples = out.intervals = 10;
  out.committed_offset = Offset{1'000'000LL + id * 7919LL + salt};
  out.committed_at = kNow - Duration{1000 + (salt * 37 + id * 101) % 30'000};
  out.lag = late ? 1000 + (salt + id) % 9000 : 0;
  if (late) out.unread_since = kNow - Duration{60'000 + id * 13};
  return out;
}

std::shared_ptr<const GroupReport> group(int number) {
  auto out = std::make_shared<GroupReport>();
  out->name = GroupName{"team-" + std::to_string(number % 97) + ".service-" +
                        std::to_string(10'000 + number)};
  out->kind = GroupKind::classic;
  out->state = "Stable";
  out->status_since = kNow;
  TopicOfGroup& topic = out->topics.emplace_back();
  topic.topic = TopicName{"domain.events-" + std::to_string(number % 100)};
  for (int id = 0; id < kPartitions; ++id) {
    topic.partitions.push_back(partition(id, number % 10 == 0, number));
  }
  roll_up(*out, true);
  return out;
}

std::shared_ptr<const TopicReport> topic(int number) {
  auto out = std::make_shared<TopicReport>();
  out->topic = TopicName{"domain.events-" + std::to_string(number)};
  for (int id = 0; id < kPartitions; ++id) {
    TopicPartitionReport& at = out->partitions.emplace_back();
    at.partition = PartitionId{id};
    at.leader = id % 3;
    at.end = at.lso = Offset{2'000'000 + id};
    at.start = Offset{1'000};
  }
  return out;
}

class BigCluster final : public View {
 public:
  explicit BigCluster(int groups) {
    auto report = std::make_shared<ClusterReport>();
    report->cluster = ClusterName{"PROD"};
    report->as_of = report->as_of_broker = kNow;
    for (int g = 0; g < groups; ++g) report->groups.push_back(group(g));
    for (int t = 0; t < 100; ++t) report->topics.push_back(topic(t));
    report_ = std::move(report);
  }
  [[nodiscard]] std::vector<std::shared_ptr<const ClusterReport>> reports() const override {
    return {report_};
  }
  Result<GroupDetail> detail(std::string_view, std::string_view, bool) override {
    return Error{"there is none"};
  }

 private:
  std::shared_ptr<const ClusterReport> report_;
};

BigCluster& big_cluster() {
  static BigCluster cluster(10'000);
  return cluster;
}

struct Seen {
  std::size_t bytes = 0;
  std::size_t lines = 0;
  std::size_t largest = 0;
  std::chrono::duration<double> first{0};
};

Seen scrape(const ServerSettings& settings) {
  static const RequestMetrics requests;
  const Site site{big_cluster(), settings, requests, [] { return ListenerStats{}; }, "host"};
  const Target target;
  Seen seen;
  const auto begin = std::chrono::steady_clock::now();
  get_metrics(Call{site, target, {}}).stream([&](std::string_view piece) {
    if (seen.bytes == 0) seen.first = std::chrono::steady_clock::now() - begin;
    seen.bytes += piece.size();
    seen.largest = std::max(seen.largest, piece.size());
    benchmark::DoNotOptimize(piece.data());
    return true;
  });
  return seen;
}

std::int64_t series_of(const ServerSettings& settings) {
  static const RequestMetrics requests;
  const Site site{big_cluster(), settings, requests, [] { return ListenerStats{}; }, "host"};
  const Target target;
  std::int64_t series = 0;
  get_metrics(Call{site, target, {}}).stream([&](std::string_view piece) {
    series += std::count(piece.begin(), piece.end(), '\n');
    return true;
  });
  return series;  // with some hundred lines of help
}

void measure(benchmark::State& state, const ServerSettings& settings) {
  const std::int64_t series = series_of(settings);
  Seen seen;
  for (auto _ : state) seen = scrape(settings);
  state.SetItemsProcessed(state.iterations() * series);
  state.counters["series"] = static_cast<double>(series);
  state.counters["bytes_a_series"] = static_cast<double>(seen.bytes) / static_cast<double>(series);
  state.counters["first_piece_us"] = seen.first.count() * 1e6;
  state.counters["largest_piece"] = static_cast<double>(seen.largest);
  state.counters["seconds_a_million"] = benchmark::Counter(
      static_cast<double>(series) / 1e6,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void scrape_of_everything(benchmark::State& state) { measure(state, ServerSettings{}); }
BENCHMARK(scrape_of_everything)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tidemark::bench
