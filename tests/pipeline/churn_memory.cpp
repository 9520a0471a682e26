// What groups that come and go leave behind at full size: a line of JSON for each simulated hour.
//
//   churn_memory [groups_an_hour=10000] [topics_an_hour=100] [hours=24]
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "core/log.h"
#include "daemon/pipeline/spare_memory.h"
#include "tests/pipeline/churn.h"
#include "tests/support/live_bytes.h"

namespace {

std::size_t resident() {
  tidemark::give_back_spare_memory();
  std::size_t total = 0;
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> total >> pages;
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

void tell(int hour, const tidemark::test::Churn& churn) {
  const std::size_t live = tidemark::test::live_bytes();
  std::printf(
      "{\"hour\": %d, \"groups_so_far\": %llu, \"groups\": %zu, \"topics\": %zu, "
      "\"group_partitions\": %zu, \"live_bytes\": %zu, \"resident_bytes\": %zu}\n",
      hour, static_cast<unsigned long long>(churn.born()), churn.groups(), churn.topics(),
      churn.group_partitions(), live, resident());
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** words) {
  tidemark::test::ChurnSizes sizes;
  sizes.groups_an_hour = 10'000;
  sizes.topics_an_hour = 100;
  int hours = 24;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word.rfind("groups_an_hour=", 0) == 0) sizes.groups_an_hour = std::atoi(word.c_str() + 15);
    if (word.rfind("topics_an_hour=", 0) == 0) sizes.topics_an_hour = std::atoi(word.c_str() + 15);
    if (word.rfind("hours=", 0) == 0) hours = std::atoi(word.c_str() + 6);
  }
  tidemark::log::Settings quiet;
  quiet.level = tidemark::log::Level::error;
  (void)tidemark::log::configure(quiet);
  tidemark::test::Churn churn{sizes};
  tell(0, churn);
  for (int hour = 1; hour <= hours; ++hour) {
    churn.live(std::chrono::hours{1});
    tell(hour, churn);
  }
  churn.dry_up();
  churn.live(std::chrono::hours{2});
  tell(hours + 2, churn);
  return 0;
}
