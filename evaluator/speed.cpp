// The robust speed of what advances in jumps: commits and log ends.
#include <algorithm>
#include <cmath>
#include <cstddef>

#include "evaluator/evidence.h"

namespace tidemark {
namespace {

// A window holds up to 255 points and a group thousands of partitions: of more points than this,
// evenly chosen ones tell the same, at a sixteenth of the pairs.
constexpr std::size_t most_points = 64;

// In doubles: hostile offsets and instants have no difference in whole numbers.
std::optional<double> slope(const PacePoint& a, const PacePoint& b) {
  const double ms = static_cast<double>(to_ms(b.at)) - static_cast<double>(to_ms(a.at));
  if (ms == 0) return std::nullopt;
  return (static_cast<double>(b.offset.get()) - static_cast<double>(a.offset.get())) / ms * 1000;
}

// Every n-th point, the first and the last among them.
std::vector<PacePoint> chosen(const std::vector<PacePoint>& points) {
  if (points.size() <= most_points) return points;
  std::vector<PacePoint> out;
  for (std::size_t i = 0; i < most_points; ++i) {
    out.push_back(points[i * (points.size() - 1) / (most_points - 1)]);
  }
  return out;
}

std::vector<double> slopes_of(const std::vector<PacePoint>& points) {
  std::vector<double> out;
  for (std::size_t a = 0; a < points.size(); ++a) {
    for (std::size_t b = a + 1; b < points.size(); ++b) {
      if (const auto each = slope(points[a], points[b])) out.push_back(*each);
    }
  }
  return out;
}

// Between the two nearest of the sorted values; none goes backwards.
double quantile(const std::vector<double>& sorted, double part) {
  const double at = part * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::max(0.0, std::lerp(sorted[below], sorted[above], at - std::floor(at)));
}

}  // namespace

std::optional<Speed> speed_of(const std::vector<PacePoint>& points) {
  std::vector<double> slopes = slopes_of(chosen(points));
  if (slopes.empty()) return std::nullopt;
  std::sort(slopes.begin(), slopes.end());
  return Speed{quantile(slopes, 0.1), quantile(slopes, 0.5), quantile(slopes, 0.9)};
}

}  // namespace tidemark
