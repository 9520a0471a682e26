#include "daemon/alerts/lag_series.h"

#include <algorithm>

#include "core/log.h"
#include "storage/history_query.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration shortest = hours{1};
constexpr Duration longest = hours{24};
constexpr Duration run_up = minutes{15};
// Samples are as far apart as the interval says; further apart, nothing was recorded.
constexpr Duration shortest_gap = seconds{90};

LagPoint point_of(const GroupSample& sample) {
  const auto& lag = sample.totals.lag;
  if (sample.gone || !lag) return {sample.at, std::nullopt};
  return {sample.at, *lag};
}

bool is_gap(const std::vector<GroupSample>& samples, std::size_t at) {
  if (at < 2) return false;
  const Duration usual = samples[at - 1].at - samples[at - 2].at;
  return samples[at].at - samples[at - 1].at > std::max(shortest_gap, 3 * usual);
}

bool is_lower(const LagPoint& a, const LagPoint& b) { return a.lag < b.lag; }

}  // namespace

std::vector<LagPoint> lag_points(const std::vector<GroupSample>& samples) {
  std::vector<LagPoint> all;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (is_gap(samples, i)) all.push_back({samples[i - 1].at + seconds{1}, std::nullopt});
    all.push_back(point_of(samples[i]));
  }
  const std::size_t together = (all.size() + most_points - 1) / most_points;
  if (together <= 1) return all;
  std::vector<LagPoint> out;
  for (std::size_t i = 0; i < all.size(); i += together) {
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(i);
    const auto size = static_cast<std::ptrdiff_t>(std::min(together, all.size() - i));
    out.push_back(*std::max_element(first, first + size, is_lower));
  }
  return out;
}

std::vector<LagPoint> lag_series(const std::string& path, const IncidentKey& of, Instant since,
                                 Instant until) {
  if (path.empty() || is_of_cluster(of.kind)) return {};
  const Instant begin = std::max(std::min(since - run_up, until - shortest), until - longest);
  const auto found =
      samples_of(path, {of.cluster.get(), of.group.get(), begin, until + seconds{1}});
  if (found) return lag_points(found.value().samples);
  static log::RateLimit limit{std::chrono::minutes{1}};
  if (limit.pass(std::chrono::steady_clock::now())) {
    log::warn("a message goes out without its picture of the lag: {} ({} before)",
              found.error().message, limit.suppressed());
  }
  return {};
}

}  // namespace tidemark
