// What answers cost in process, without HTTP: one group of 100 partitions with its windows, first
// pages of 65,000 groups by each order, topics, Burrow's routes. `first`: the first request after a
// tick, with the processor's caches full of something else, as a scrape and a stream leave them.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "api/listener.h"
#include "api/request_metrics.h"
#include "api/router.h"
#include "api/server.h"
#include "tests/bench/loaded_cluster.h"

namespace tidemark::bench {
namespace {

class ShownCluster final : public View {
 public:
  explicit ShownCluster(World world) : cluster_(world) {
    aside([this] { cluster_.live(); });
    tick();
    tick();
  }

  [[nodiscard]] std::vector<std::shared_ptr<const ClusterReport>> reports() const override {
    return {report_};
  }
  Result<GroupDetail> detail(std::string_view, std::string_view group, bool trace) override {
    return cluster_.state().detail(group, trace, report_->as_of);
  }
  void tick() {
    aside([this] {
      cluster_.quiet_refresh();  // or our view would be stale
      report_ = cluster_.tick();
    });
  }
  LoadedCluster& cluster() { return cluster_; }

  std::size_t get(const std::string& target) {
    const Site site{*this, settings_, requests_, [] { return ListenerStats{}; }, "bench"};
    const HttpReply reply = dispatch(site, {"GET", target});
    return reply.status == 200 ? reply.body.size() : 0;
  }

 private:
  // In the daemon another thread does it, with memory from elsewhere.
  template <class Work>
  static void aside(Work work) {
    std::jthread(std::move(work)).join();
  }

  LoadedCluster cluster_;
  std::shared_ptr<const ClusterReport> report_;
  ServerSettings settings_;
  RequestMetrics requests_;
};

// 200,000 group-partitions.
ShownCluster& big_groups() {
  static ShownCluster it{World{}};
  return it;
}

// As many, in 65,000 groups.
ShownCluster& many_groups() {
  static ShownCluster it{[] {
    World world;
    world.groups = 65'000;
    world.topics = 1'000;
    world.partitions = 3;
    world.rounds = 4;
    return world;
  }()};
  return it;
}

// A million group-partitions of 10,000 groups, and 10,000 topic partitions.
ShownCluster& a_million() {
  static ShownCluster it{[] {
    World world;
    world.groups = 10'000;
    world.topics = 100;
    world.rounds = 10;
    return world;
  }()};
  return it;
}

void empty_caches() {
  static std::vector<std::uint64_t> other(std::size_t{8} << 20U);  // 64 MB
  for (std::size_t i = 0; i < other.size(); i += 8) ++other[i];
  benchmark::ClobberMemory();
}

struct Request {
  std::string name;
  ShownCluster& (*of)();
  std::string target;
};

void ask(benchmark::State& state, const Request& request, bool first) {
  ShownCluster& cluster = request.of();
  std::size_t bytes = 0;
  for (auto _ : state) {
    if (first) {
      state.PauseTiming();
      cluster.tick();
      empty_caches();
      state.ResumeTiming();
    }
    bytes = cluster.get(request.target);
    if (bytes == 0) state.SkipWithError(("no answer to " + request.target).c_str());
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}

std::vector<Request> requests() {
  const std::string world = "/api/v1/clusters/bench";
  const World names;
  const std::string group = "/groups/" + names.group(7);
  std::vector<Request> out = {
      {"group", big_groups, world + group},
      {"group_of_a_million", a_million, world + group},
      {"group_without_windows", big_groups, world + group + "?window=false"},
      {"explain", big_groups, world + group + "/explain"},
      {"burrow_status", big_groups, "/v3/kafka/bench/consumer/" + names.group(7) + "/status"},
      {"burrow_lag", big_groups, "/v3/kafka/bench/consumer/" + names.group(7) + "/lag"},
      {"burrow_consumer", big_groups, "/v3/kafka/bench/consumer/" + names.group(7)},
      {"burrow_consumers", many_groups, "/v3/kafka/bench/consumer"},
      {"burrow_topic_consumers", many_groups,
       "/v3/kafka/bench/topic/" + names.topic(3) + "/consumers"},
      {"burrow_topics", many_groups, "/v3/kafka/bench/topic"},
      {"topics", many_groups, world + "/topics"},
      {"topics_of_a_million", a_million, world + "/topics"},
      {"topic", many_groups, world + "/topics/" + names.topic(3)},
      {"topic_of_a_million", a_million, world + "/topics/" + names.topic(3)},
      {"clusters", many_groups, "/api/v1/clusters"},
      {"events", many_groups, "/api/v1/events?limit=1000"},
      {"groups/q", many_groups, "/api/v1/groups?q=99"},
      {"groups/errors", many_groups, "/api/v1/groups?status=ERROR"},
  };
  for (const char* sort :
       {"name", "-name", "lag", "-lag", "time_lag", "-time_lag", "status", "-status"}) {
    const std::string text = sort;
    out.push_back({"groups/" + text, many_groups, "/api/v1/groups?sort=" + text});
  }
  return out;
}

// How long a question waits at most: the longest stretch of work without a pause.
void longest_stretch(benchmark::State& state, void (*prepare)(LoadedCluster&),
                     void (*work)(LoadedCluster&)) {
  LoadedCluster& cluster = a_million().cluster();
  using Clock = std::chrono::steady_clock;
  Clock::time_point last;
  Clock::duration longest{0};
  const auto look = [&] {
    const auto now = Clock::now();
    longest = std::max(longest, now - last);
    last = now;
  };
  for (auto _ : state) {
    state.PauseTiming();
    prepare(cluster);
    cluster.state().call_in_pauses(look, work_between_pauses);
    state.ResumeTiming();
    last = Clock::now();
    work(cluster);
    look();
    cluster.state().call_in_pauses(nullptr, 1);
  }
  state.counters["longest_us"] = std::chrono::duration<double, std::micro>(longest).count();
}
BENCHMARK_CAPTURE(
    longest_stretch, tick, [](LoadedCluster& of) { of.commit(0, of.world().groups); },
    [](LoadedCluster& of) { of.tick(); })
    ->Unit(benchmark::kMillisecond)
    ->Iterations(5);
BENCHMARK_CAPTURE(
    longest_stretch, refresh, [](LoadedCluster&) {}, [](LoadedCluster& of) { of.refresh(); })
    ->Unit(benchmark::kMillisecond)
    ->Iterations(5);

const int registered = [] {
  for (const Request& each : requests()) {
    const auto add = [&](const std::string& name, bool first) {
      return benchmark::RegisterBenchmark(
                 name.c_str(), [each, first](benchmark::State& state) { ask(state, each, first); })
          ->Unit(benchmark::kMicrosecond);
    };
    add("rest/" + each.name, false)->MinTime(0.1);
    add("rest_first/" + each.name, true)->Iterations(10);
  }
  return 0;
}();

}  // namespace
}  // namespace tidemark::bench
