// What a snapshot costs: to write a whole cluster down, with its longest step, in which nothing
// but questions is answered; and to take it up at a start.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "tests/bench/loaded_cluster.h"

namespace tidemark::bench {
namespace {

using Steady = std::chrono::steady_clock;

World snapshot_world(std::int64_t group_partitions) {
  World world;
  const auto times = static_cast<int>(group_partitions / world.group_partitions());
  world.groups *= times;
  world.topics *= times;
  return world;
}

LoadedCluster& lived(std::int64_t group_partitions) {
  static std::unique_ptr<LoadedCluster> it;
  if (!it || it->world().group_partitions() != group_partitions) {
    it.reset();
    it = std::make_unique<LoadedCluster>(snapshot_world(group_partitions));
    it->live();
    it->tick();
  }
  return *it;
}

struct Written {
  std::vector<Saving::Part> parts;
  std::size_t bytes = 0;
  Steady::duration longest{0};
};

Written write_down(ClusterState& state, Instant now, bool keep) {
  Written out;
  state.saving().begin(now, Duration{0});
  while (true) {
    const auto began = Steady::now();
    auto part = state.saving().next();
    out.longest = std::max(out.longest, Steady::now() - began);
    if (!part) return out;
    out.bytes += part->bytes.size();
    if (keep) out.parts.push_back(std::move(*part));
  }
}

constexpr Instant some_day = from_ms(1'700'000'000'000);

void write_snapshot(benchmark::State& state) {
  LoadedCluster& cluster = lived(state.range(0));
  Steady::duration longest{0};
  std::size_t bytes = 0;
  for (auto _ : state) {
    const Written written = write_down(cluster.state(), some_day, false);
    longest = std::max(longest, written.longest);
    bytes = written.bytes;
  }
  state.counters["longest_step_ms"] = std::chrono::duration<double, std::milli>(longest).count();
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(write_snapshot)
    ->ArgName("group_partitions")
    ->Arg(200'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);

void take_up_snapshot(benchmark::State& state) {
  LoadedCluster& cluster = lived(state.range(0));
  const Written written = write_down(cluster.state(), some_day, true);
  std::uint64_t restored = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const PolicyTable policies;
    auto anew = std::make_unique<ClusterState>(
        ClusterStateSettings{"bench", "nowhere:9092", std::chrono::seconds{10}}, policies);
    state.ResumeTiming();
    Restoring& to = anew->restoring();
    bool ok = to.take_head(written.parts.front().bytes, Restored::What::all);
    for (const bool groups : {false, true}) {
      for (const Saving::Part& part : written.parts) {
        if (part.kind == SnapshotPart::head) continue;
        if ((part.kind == SnapshotPart::groups) == groups)
          ok = ok && to.take(part.kind, part.bytes);
      }
    }
    if (!ok) state.SkipWithError("the snapshot is refused");
    benchmark::DoNotOptimize(anew->tick(some_day));
    restored = to.outcome().group_partitions;
    state.PauseTiming();
    anew.reset();
    state.ResumeTiming();
  }
  state.counters["restored"] = static_cast<double>(restored);
}
BENCHMARK(take_up_snapshot)
    ->ArgName("group_partitions")
    ->Arg(200'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tidemark::bench
