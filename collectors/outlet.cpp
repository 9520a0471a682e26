#include "collectors/outlet.h"

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::chrono::milliseconds look_at_stop_every{200};
constexpr std::chrono::seconds log_every{60};

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

void Outlet::failed(const std::string& what, const std::string& why) {
  std::uint64_t times = 0;
  {
    const MutexLock lock(mutex_);
    times = ++counters_.errors[what];
    log::RateLimit& limit = limits_.try_emplace(what, log_every).first->second;
    if (!limit.pass(std::chrono::steady_clock::now())) return;
  }
  log::warn("cluster {}: {}: {} ({} of this kind so far)", cluster_, what, why, times);
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
