#include "daemon/pipeline/pace_log.h"

#include <algorithm>

namespace tidemark {
namespace {

constexpr Duration apart = std::chrono::minutes{1};
constexpr Duration apart_later = std::chrono::minutes{5};
constexpr std::size_t newest_kept = 10;
constexpr Duration remembered = std::chrono::minutes{80};

}  // namespace

void PaceLog::read(std::int64_t records, Instant at) {
  if (points_.empty()) {
    points_.push_back({at, 0});
    newest_ = at;
  }
  // What was committed at one instant belongs together: a point is made when the next one comes.
  if (at > newest_) {
    if (newest_ - points_.back().at >= apart) {
      points_.push_back({newest_, total_});
      thin();
    }
    newest_ = at;
  }
  total_ += records;
}

void PaceLog::thin() {
  if (points_.size() > newest_kept + 1) {
    const auto next = points_.end() - static_cast<std::ptrdiff_t>(newest_kept);
    const auto aging = next - 1;
    if (next->at - (aging - 1)->at <= apart_later) points_.erase(aging);
  }
  if (points_.size() > 1 && newest_ - points_[1].at > remembered) points_.erase(points_.begin());
}

std::optional<double> PaceLog::total_at(Instant when) const {
  if (points_.empty() || when < points_.front().at) return std::nullopt;
  if (when >= newest_) return static_cast<double>(total_);
  const auto after = std::partition_point(points_.begin(), points_.end(),
                                          [&](const Point& point) { return point.at <= when; });
  const Point from = *(after - 1);
  const Point to = after == points_.end() ? Point{newest_, total_} : *after;
  const double share = to_seconds(when - from.at) / to_seconds(to.at - from.at);
  return static_cast<double>(from.total) + share * static_cast<double>(to.total - from.total);
}

std::optional<Instant> PaceLog::since() const {
  if (points_.empty()) return std::nullopt;
  return points_.front().at;
}

}  // namespace tidemark
