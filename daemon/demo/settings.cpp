#include "daemon/demo/settings.h"

#include <fmt/format.h>

namespace tidemark::demo {
namespace {

constexpr std::string_view storage = "\n[storage]\nhistory_interval = \"2s\"\nsnapshot = false\n";

constexpr std::string_view policies = R"(
[[policy]]
# Batch jobs: silent between their runs for as long as is usual for them, so no patience_max.
group = "nightly-.*"
window = "50s"
allowed_time_lag = "5s"
patience_min = "10s"
patience_unknown = "15s"
remember = "3m"

[[policy]]
# Everybody else: what takes minutes or days by default takes seconds or minutes here. A crash is no
# habit, however often it comes: patience never grows beyond 30 s.
window = "50s"
allowed_time_lag = "5s"
patience_min = "10s"
patience_unknown = "15s"
patience_max = "30s"
remember = "3m"
)";

}  // namespace

std::string configuration(const std::vector<StageAddress>& clusters) {
  std::string out(storage);
  for (const StageAddress& each : clusters) {
    out += fmt::format(
        "\n[[cluster]]\nname = \"{}\"\nbootstrap = \"{}\"\nrefresh = \"1s\"\n"
        "metadata_refresh = \"10s\"\n",
        each.cluster, each.bootstrap);
  }
  return out.append(policies);
}

}  // namespace tidemark::demo
