// What the window store costs an access, at 200,000 slots with full windows.
#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "storage/window_store.h"
#include "tests/bench/world.h"

namespace tidemark::bench {
namespace {

constexpr Instant now = from_ms(1'700'000'000'000);

// A busy partition: everything that can be remembered is.
PartitionHistory full_history(const World& world, int g, int p) {
  PartitionHistory history;
  for (int round = world.rounds - 10; round < world.rounds; ++round) {
    history.window.push_back(
        {Offset{world.offset(g, round) * 1000}, world.committed_at(g, p, round, now)});
  }
  history.standing_since = history.newest().at;
  for (int i = 0; i < 4; ++i) {
    const Instant from = history.newest().at - std::chrono::hours{i};
    history.gaps.add({std::chrono::seconds{40 + i}, from});
    history.lateness.add({std::chrono::seconds{50 + i}, from});
  }
  history.run.open = history.run.any_lateness = history.run.lateness_in_run = true;
  history.run.worst = history.run.newest = std::chrono::seconds{70};
  history.run.least = std::chrono::seconds{40};
  history.unread_since = {Since::Source::history, history.newest().at};
  history.waiting_since = history.unread_since;
  return history;
}

struct Full {
  World world;
  WindowStore store;
  std::vector<std::string> keys;
  std::vector<Slot> slots;  // in random order, as commits of many groups come
  LogEndHistory log_ends;
  Policy policy;

  Full() {
    for (int g = 0; g < world.groups; ++g) {
      for (int p = 0; p < world.partitions; ++p) {
        keys.push_back(world.key(g, p));
        slots.push_back(store.add(keys.back()));
        store.save(slots.back(), full_history(world, g, p));
      }
    }
    std::shuffle(keys.begin(), keys.end(), std::mt19937{1});
    std::shuffle(slots.begin(), slots.end(), std::mt19937{2});
    log_ends.append({Offset{1'000'000'000}, now}, policy.refresh);
  }
};

Full& full() {
  static Full it;
  return it;
}

// Calls `act` for one slot or key after the other.
template <class Act>
void each(benchmark::State& state, Act act) {
  std::size_t at = 0;
  for (auto _ : state) {
    act(at);
    if (++at == full().slots.size()) at = 0;
  }
  state.SetItemsProcessed(state.iterations());
}

void store_find(benchmark::State& state) {
  const Full& of = full();
  each(state, [&](std::size_t at) { benchmark::DoNotOptimize(of.store.find(of.keys[at])); });
}
BENCHMARK(store_find);

void store_load(benchmark::State& state) {
  const Full& of = full();
  PartitionHistory history;
  each(state, [&](std::size_t at) {
    of.store.load(of.slots[at], history);
    benchmark::DoNotOptimize(history);
  });
}
BENCHMARK(store_load);

void store_load_and_save(benchmark::State& state) {
  Full& of = full();
  PartitionHistory history;
  each(state, [&](std::size_t at) {
    of.store.load(of.slots[at], history);
    of.store.save(of.slots[at], history);
  });
  state.counters["bytes_a_slot"] =
      static_cast<double>(of.store.bytes()) / static_cast<double>(of.store.size());
}
BENCHMARK(store_load_and_save);

void store_commit(benchmark::State& state) {
  Full& of = full();
  PartitionHistory history;
  each(state, [&](std::size_t at) {
    of.store.load(of.slots[at], history);
    const CommitSample& newest = history.newest();
    apply_commit(history, {Offset{newest.offset.get() + 20}, newest.at + std::chrono::seconds{40}},
                 of.log_ends, of.policy);
    history.pending.clear();  // as if a refresh had come
    of.store.save(of.slots[at], history);
  });
}
BENCHMARK(store_commit);

}  // namespace
}  // namespace tidemark::bench
