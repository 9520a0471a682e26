// What one OffsetCommit record costs to decode.
#include <benchmark/benchmark.h>

#include <string>
#include <utility>
#include <vector>

#include "collectors/record.h"
#include "tests/bench/world.h"

namespace tidemark::bench {
namespace {

constexpr Instant now = from_ms(1'700'000'000'000);

void decode_commits(benchmark::State& state) {
  World world;
  world.value_version = static_cast<int>(state.range(0));
  std::vector<std::pair<std::string, std::string>> records;
  for (int g = 0; g < 100; ++g) {
    for (int p = 0; p < world.partitions; ++p) {
      records.emplace_back(world.key(g, p), world.value(g, p, 0, now));
    }
  }
  for (auto _ : state) {
    for (const auto& [key, value] : records) {
      OffsetCommit commit;
      benchmark::DoNotOptimize(decode_commit(key, value, commit));
      benchmark::DoNotOptimize(commit);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(records.size()));
}
BENCHMARK(decode_commits)->ArgName("value_version")->Arg(3)->Arg(4);

}  // namespace
}  // namespace tidemark::bench
