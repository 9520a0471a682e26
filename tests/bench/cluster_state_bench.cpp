// What a pipeline thread costs: applying commits and a refresh of all log ends at 200,000
// group-partitions, and ticks in which none, one in a hundred, or all of the groups changed, at a
// million too.
#include <benchmark/benchmark.h>

#include <memory>
#include <utility>
#include <vector>

#include "tests/bench/loaded_cluster.h"

namespace tidemark::bench {
namespace {

World world_of(std::int64_t group_partitions) {
  World world;
  const auto times = static_cast<int>(group_partitions / world.group_partitions());
  world.groups *= times;
  world.topics *= times;
  return world;
}

std::unique_ptr<LoadedCluster> living(const World& world) {
  auto cluster = std::make_unique<LoadedCluster>(world);
  cluster->live();
  cluster->tick();
  return cluster;
}

// Nine in ten groups have read everything, the others stopped long ago: what was asked of the
// brokers about them is answered.
std::unique_ptr<LoadedCluster> settled(const World& world) {
  auto cluster = living(world);
  cluster->commit(0, world.groups);
  for (int i = 0; i < 120; ++i) cluster->quiet_refresh();
  for (int i = 0; i < 6; ++i) {  // who found no room to ask comes again after half a minute
    cluster->tick();
    cluster->answer_probes();
    cluster->quiet_refresh();
  }
  return cluster;
}

// One of this size for all benchmarks that follow each other; its life takes longer than they do.
LoadedCluster& settled_of(std::int64_t group_partitions) {
  static std::unique_ptr<LoadedCluster> it;
  if (!it || it->world().group_partitions() != group_partitions) {
    it.reset();
    it = settled(world_of(group_partitions));
  }
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
  const auto cluster = living(World{});
  for (auto _ : state) cluster->refresh();
  state.SetItemsProcessed(state.iterations() * cluster->world().group_partitions());
}
BENCHMARK(refresh_that_moves_all)->Unit(benchmark::kMillisecond);

void tick(benchmark::State& state) {
  LoadedCluster& cluster = settled_of(state.range(0));
  const auto changed = static_cast<int>(cluster.world().groups * state.range(1) / 100);
  cluster.quiet_refresh();
  auto published = cluster.tick();  // a reader holds the newest one, as the daemon does
  for (int second = 0; auto _ : state) {
    state.PauseTiming();
    if (++second % 10 == 0) cluster.quiet_refresh_now();
    cluster.commit(0, changed);
    state.ResumeTiming();
    published = cluster.tick();
  }
}
BENCHMARK(tick)
    ->ArgNames({"group_partitions", "percent_changed"})
    ->ArgsProduct({{200'000}, {0, 1, 100}})
    ->ArgsProduct({{1'000'000}, {0, 1, 100}})
    ->Unit(benchmark::kMillisecond);

// A minute of 20,000 commits/s, as the pipeline thread sees it: in each second all groups commit a
// tenth of their partitions; log ends, which move on unevenly, are refreshed every ten seconds.
void minute_of_stream(benchmark::State& state) {
  constexpr int period = 10;
  const auto cluster = living(world_of(200'000));
  auto published = cluster->tick();
  for (auto _ : state) {
    for (int second = 0; second < 60; ++second) {
      state.PauseTiming();
      OffsetsBatch batch = cluster->second_of_stream(second, period);
      state.ResumeTiming();
      cluster->state().apply(std::move(batch));
      if (second % period == 0) cluster->refresh_now();
      if (state.range(0) != 0) published = cluster->tick();
    }
  }
}
BENCHMARK(minute_of_stream)->ArgName("ticks")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tidemark::bench
