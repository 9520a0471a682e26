// What a scrape of /metrics costs: 10,000 groups that read 100 partitions each, one in ten of them
// behind, into a sink that keeps nothing. Per series; `first_piece_us` is when the first bytes are
// there, `largest_piece` how many bytes are held at most.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "api/gzip.h"
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
  std::size_t largest = 0;
  std::chrono::duration<double> first{0};
};

void scrape(const ServerSettings& settings, const BodySink& to) {
  static const RequestMetrics requests;
  const Site site{big_cluster(), settings, requests, [] { return ListenerStats{}; }, "host"};
  const HttpRequest request;
  get_metrics(Call{site, request, Target{}, {}}).stream(to);
}

Seen plain(const ServerSettings& settings) {
  Seen seen;
  const auto begin = std::chrono::steady_clock::now();
  scrape(settings, [&](std::string_view piece) {
    if (seen.bytes == 0) seen.first = std::chrono::steady_clock::now() - begin;
    seen.bytes += piece.size();
    seen.largest = std::max(seen.largest, piece.size());
    return true;
  });
  return seen;
}

Seen compressed(const ServerSettings& settings) {
  Seen seen;
  const auto begin = std::chrono::steady_clock::now();
  const BodySink look = [&](std::string_view piece) {
    if (seen.bytes == 0) seen.first = std::chrono::steady_clock::now() - begin;
    seen.bytes += piece.size();
    seen.largest = std::max(seen.largest, piece.size());
    return true;
  };
  Gzip gzip(look);
  scrape(settings, [&](std::string_view piece) { return gzip.write(piece); });
  gzip.finish();
  return seen;
}

// Some hundred lines of help are among them.
double lines(const ServerSettings& settings) {
  std::ptrdiff_t out = 0;
  scrape(settings, [&](std::string_view piece) {
    out += std::count(piece.begin(), piece.end(), '\n');
    return true;
  });
  return static_cast<double>(out);
}

void measure(benchmark::State& state, const ServerSettings& settings,
             Seen (*way)(const ServerSettings&)) {
  const double series = lines(settings);
  Seen seen;
  for (auto _ : state) seen = way(settings);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(series));
  state.counters["series"] = series;
  state.counters["bytes_a_series"] = static_cast<double>(seen.bytes) / series;
  state.counters["first_piece_us"] = seen.first.count() * 1e6;
  state.counters["largest_piece"] = static_cast<double>(seen.largest);
}

void scrape_by_partition(benchmark::State& state) { measure(state, {}, plain); }
BENCHMARK(scrape_by_partition)->Unit(benchmark::kMillisecond);

void scrape_compressed(benchmark::State& state) { measure(state, {}, compressed); }
BENCHMARK(scrape_compressed)->Unit(benchmark::kMillisecond);

void scrape_by_group(benchmark::State& state) {
  ServerSettings settings;
  settings.metrics.granularity = Granularity::group;
  measure(state, settings, plain);
}
BENCHMARK(scrape_by_group)->Unit(benchmark::kMillisecond);

void scrape_cut_to_a_million(benchmark::State& state) {
  ServerSettings settings;
  settings.metrics.max_series = 1'000'000;
  measure(state, settings, plain);
}
BENCHMARK(scrape_cut_to_a_million)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tidemark::bench
