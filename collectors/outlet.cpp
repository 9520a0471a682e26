#include "collectors/outlet.h"

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::chrono::milliseconds look_at_stop_every{200};

void add(std::map<std::string, std::uint64_t>& to, const std::map<std::string, std::uint64_t>& of) {
  for (const auto& [key, count] : of) to[key] += count;
}

}  // namespace

bool Outlet::send(Observation seen, std::size_t weight, const std::stop_token& stop) {
  while (!stop.stop_requested() && !inlet_.closed()) {
    if (inlet_.offer(seen, std::max<std::size_t>(weight, 1), look_at_stop_every)) return true;
  }
  return false;
}

void Outlet::count_error(const std::string& what) {
  const MutexLock lock(mutex_);
  ++counters_.errors[what];
}

void Outlet::count(const CollectorCounters& more) {
  const MutexLock lock(mutex_);
  counters_.records_read += more.records_read;
  add(counters_.decode_errors, more.decode_errors);
  add(counters_.skipped_records, more.skipped_records);
  add(counters_.errors, more.errors);
}

CollectorCounters Outlet::counters() const {
  const MutexLock lock(mutex_);
  return counters_;
}

}  // namespace tidemark
