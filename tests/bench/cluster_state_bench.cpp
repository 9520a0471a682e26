// What a pipeline thread costs at 200,000 group-partitions: applying commits, a refresh of all log
// ends, and ticks in which none, one in a hundred, or all of the groups changed.
#include <benchmark/benchmark.h>

#include <memory>
#include <utility>
#include <vector>

#include "tests/bench/loaded_cluster.h"

namespace tidemark::bench {
namespace {

std::unique_ptr<LoadedCluster> living() {
  auto cluster = std::make_unique<LoadedCluster>(World{});
  cluster->live();
  cluster->tick();
  return cluster;
}

// Nine in ten groups have read everything, the others stopped long ago.
LoadedCluster& settled() {
  static const auto it = [] {
    auto cluster = living();
    cluster->commit(0, cluster->world().groups);
    for (int i = 0; i < 120; ++i) cluster->quiet_refresh();
    cluster->tick();
    return cluster;
  }();
  return *it;
}

void apply_backlog(benchmark::State& state) {
  World world;
  world.rounds = 3;
  const Instant now = from_ms(1'700'000'000'000);
  for (auto _ : state) {
    state.PauseTiming();
    auto cluster = std::make_unique<LoadedCluster>(world);
    std::vector<OffsetsBatch> batches;
    for (int round = 0; round < world.rounds; ++round) {
      for (int g = 0; g < world.groups; g += 20) {
        batches.push_back(batch_of(world, g, g + 20, round, now));
      }
    }
    state.ResumeTiming();
    for (OffsetsBatch& batch : batches) cluster->state().apply(std::move(batch));
    state.PauseTiming();
    cluster.reset();
    batches.clear();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * world.commits());
}
BENCHMARK(apply_backlog)->Unit(benchmark::kMillisecond);

void refresh_that_moves_all(benchmark::State& state) {
  const auto cluster = living();
  for (auto _ : state) cluster->refresh();
  state.SetItemsProcessed(state.iterations() * cluster->world().group_partitions());
}
BENCHMARK(refresh_that_moves_all)->Unit(benchmark::kMillisecond);

void tick(benchmark::State& state) {
  LoadedCluster& cluster = settled();
  const auto changed = static_cast<int>(cluster.world().groups * state.range(0) / 100);
  cluster.quiet_refresh();
  auto published = cluster.tick();  // a reader holds the newest one, as the daemon does
  for (auto _ : state) {
    state.PauseTiming();
    cluster.quiet_refresh();  // or our view would be stale
    cluster.commit(0, changed);
    state.ResumeTiming();
    published = cluster.tick();
  }
}
BENCHMARK(tick)
    ->ArgName("percent_changed")
    ->Arg(0)
    ->Arg(1)
    ->Arg(100)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tidemark::bench
