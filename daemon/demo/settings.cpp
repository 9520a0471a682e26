#include "daemon/demo/settings.h"

#include <fmt/format.h>

#include "config/toml_text.h"

namespace tidemark::demo {
namespace {

constexpr std::string_view storage = "\n[storage]\nhistory_interval = \"2s\"\nsnapshot = false\n";

constexpr std::string_view alerts = R"(
[alerts]
for = "10s"
resolve_after = "20s"
first_day = "0s"

[[route]]
# A mail for each group: its lag as a picture, the likely cause, and what to do next.
name = "everybody"
receivers = ["mails"]
group_by = ["cluster", "group"]
group_wait = "5s"
group_interval = "10s"
)";

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

std::string configuration(const std::vector<StageAddress>& clusters, const std::string& mails) {
  std::string out(storage);
  for (const StageAddress& each : clusters) {
    out += fmt::format(
        "\n[[cluster]]\nname = \"{}\"\nbootstrap = \"{}\"\nrefresh = \"1s\"\n"
        "metadata_refresh = \"10s\"\n",
        each.cluster, each.bootstrap);
  }
  out += fmt::format("\n[[receiver]]\nname = \"mails\"\n[receiver.file]\nfolder = {}\n",
                     toml_quoted(mails));
  return out.append(alerts).append(policies);
}

}  // namespace tidemark::demo
