// What the kernel says of this process. Linux only; null where it does not say.
#pragma once

#include <cstdint>
#include <optional>

namespace tidemark {

struct ProcessStats {
  std::optional<double> cpu_seconds;
  std::optional<double> start_time_seconds;  // Unix time
  std::optional<std::int64_t> resident_bytes;
  std::optional<std::int64_t> open_files;
};

ProcessStats read_process_stats();

}  // namespace tidemark
