#include "collectors/outlet.h"

#include <utility>

#include "evaluator/observation_size.h"

namespace tidemark {
namespace {

constexpr std::chrono::milliseconds look_at_stop_every{200};
constexpr std::chrono::seconds log_every{60};
constexpr std::chrono::seconds told_after{3};  // of waiting for room
constexpr std::size_t a_million = 1'000'000;

std::int64_t seconds_between(std::chrono::steady_clock::time_point from,
                             std::chrono::steady_clock::time_point to) {
  return std::chrono::duration_cast<std::chrono::seconds>(to - from).count();
}

void add(std::map<std::string, std::uint64_t>& to, const std::map<std::string, std::uint64_t>& of) {
  for (const auto& [key, count] : of) to[key] += count;
}

}  // namespace

bool Outlet::send(Observation seen, const std::stop_token& stop) {
  const Load load = load_of(seen);
  const Steady began = std::chrono::steady_clock::now();
  for (bool again = false; !stop.stop_requested() && !inlet_.closed(); again = true) {
    if (inlet_.offer(seen, load, look_at_stop_every, again)) {
      if (again) note_flowing();
      return true;
    }
    note_waiting(began);
  }
  return false;
}

void Outlet::note_waiting(Steady since) {
  const Steady now = std::chrono::steady_clock::now();
  if (now - since < told_after) return;
  const MutexLock lock(mutex_);
  if (!standing_since_) standing_since_ = since;
  if (!standing_limit_.pass(now)) return;
  standing_told_ = true;
  const ChannelStats full = inlet_.stats();
  log::warn(
      "cluster {}: its inlet is full for {} s ({} of {} records, {} of {} MB): fetching pauses "
      "until "
      "the pipeline thread takes them; nothing is lost, the records stay in Kafka",
      cluster_, seconds_between(*standing_since_, now), full.weight, full.capacity,
      full.bytes / a_million, full.capacity_bytes / a_million);
}

void Outlet::note_flowing() {
  const MutexLock lock(mutex_);
  const auto since = std::exchange(standing_since_, std::nullopt);
  if (!since || !std::exchange(standing_told_, false)) return;
  log::info("cluster {}: its inlet takes records again after {} s; fetching goes on", cluster_,
            seconds_between(*since, std::chrono::steady_clock::now()));
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
