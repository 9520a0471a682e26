// Bytes per group-partition of a pipeline's whole state and its published report, after a life in
// which every window fills and gaps and lateness are remembered. Prints one line of JSON.
//
//   cluster_memory [groups=2000] [topics=20] [refreshes=N]
//
// `refreshes`: so many more, ten seconds apart; producers write unevenly, groups go on committing.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>

#include "daemon/pipeline/spare_memory.h"
#include "tests/bench/loaded_cluster.h"

namespace tidemark::bench {
namespace {

// As the daemon does now and then; the records that the benchmark made up are none of its state.
std::size_t rss() {
  give_back_spare_memory();
  std::size_t total = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

std::size_t full_windows(const ClusterReport& report) {
  std::size_t full = 0;
  for (const auto& group : report.groups) {
    for (const auto& topic : group->topics) {
      for (const auto& partition : topic.partitions) {
        full += partition.samples == partition.intervals ? 1 : 0;
      }
    }
  }
  return full;
}

int run(const World& world, int refreshes) {
  const std::size_t before = rss();
  LoadedCluster cluster(world);
  cluster.live();
  auto report = cluster.tick();
  const std::size_t lived = rss();
  const int quarter = world.groups / World::quarters;
  for (int i = 0; i < refreshes; ++i) {
    cluster.refresh();
    const int first = i % World::quarters * quarter;
    cluster.commit(first, first + quarter);
    report = cluster.tick();
  }
  const std::size_t after = rss();
  const auto count = static_cast<double>(world.group_partitions());
  std::printf(
      "{\"group_partitions\": %lld, \"full_windows\": %zu, \"rss_each\": %.0f, "
      "\"rss_each_after_refreshes\": %.0f, \"window_store_each\": %.0f, "
      "\"partition_report\": %zu}\n",
      static_cast<long long>(world.group_partitions()), full_windows(*report),
      static_cast<double>(lived - before) / count, static_cast<double>(after - before) / count,
      static_cast<double>(cluster.state().window_bytes()) / count, sizeof(PartitionReport));
  return 0;
}

}  // namespace
}  // namespace tidemark::bench

int main(int count, char** words) {
  tidemark::bench::World world;
  int refreshes = 0;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word.rfind("groups=", 0) == 0) world.groups = std::atoi(word.c_str() + 7);
    if (word.rfind("topics=", 0) == 0) world.topics = std::atoi(word.c_str() + 7);
    if (word.rfind("refreshes=", 0) == 0) refreshes = std::atoi(word.c_str() + 10);
  }
  return tidemark::bench::run(world, refreshes);
}
