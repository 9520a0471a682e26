#include "evaluator/log_end_history.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tidemark {
namespace {

constexpr int hole_refreshes = 3;
constexpr std::size_t newest_kept = 4;
constexpr Duration always_kept = std::chrono::minutes{2};
constexpr std::int64_t age_per_error = 20;  // 5 %
// Only a view with holes all the time comes near it.
constexpr std::size_t most_points = 1024;
constexpr std::uint32_t least_to_thin = 24;

// Where the line from one point to a later, higher one leaves `position`.
template <class Point>
Instant leaves(const Point& from, const Point& to, Offset position) {
  const double share =
      static_cast<double>(position - from.end) / static_cast<double>(to.end - from.end);
  const double span = static_cast<double>((to.at - from.at).count());
  return from.at + Duration{std::llround(share * span)};
}

}  // namespace

bool LogEndHistory::append(LogEnd point, Duration refresh) {
  const bool fell = !points_.empty() && point.end < points_.back().end;
  if (fell) forget();
  bool after_hole = false;
  if (!points_.empty()) {
    const Instant before = points_.back().at;
    point.at = std::max(point.at, before);
    after_hole = point.at - before > hole_refreshes * refresh;
  }
  points_.push_back({point.end, point.at, 0, after_hole});
  newest_ = point;
  if (thinning_ == Thinning::old_points && points_.size() >= thin_at_) thin();
  return fell;
}

void LogEndHistory::forget() {
  points_.clear();
  thin_at_ = least_to_thin;
}

void LogEndHistory::move_in_time(Duration by) {
  for (Point& point : points_) point.at += by;
  newest_.at += by;
}

Crossing LogEndHistory::crossing(Offset position) const {
  return crossing_within(points_.size(), position);
}

Crossing LogEndHistory::crossing_known_at(Offset position, Instant when) const {
  // Most ask about what was before anything was seen, as in a backlog, or about what is now.
  if (points_.empty() || newest_.at < when) return crossing_within(points_.size(), position);
  if (points_.front().at >= when) return crossing_within(1, position);
  const auto first = std::partition_point(points_.begin(), points_.end(),
                                          [&](const Point& point) { return point.at < when; });
  const auto size = static_cast<std::size_t>(first - points_.begin());
  return crossing_within(std::min(size + 1, points_.size()), position);
}

std::optional<Offset> LogEndHistory::end_at(Instant when) const {
  const auto later = std::partition_point(points_.begin(), points_.end(),
                                          [&](const Point& point) { return point.at <= when; });
  if (later == points_.begin()) return std::nullopt;
  return (later - 1)->end;
}

std::optional<double> LogEndHistory::line_at(Instant when) const {
  const auto later = std::partition_point(points_.begin(), points_.end(),
                                          [&](const Point& point) { return point.at < when; });
  if (later == points_.end()) return std::nullopt;
  const auto end = static_cast<double>(later->end.get());
  if (later->at == when) return end;
  if (later == points_.begin()) return std::nullopt;
  const Point& before = *(later - 1);
  const double share = to_seconds(later->at - when) / to_seconds(later->at - before.at);
  return end - share * static_cast<double>(later->end - before.end);
}

std::vector<LogEnd> LogEndHistory::seen_since(Instant from) const {
  std::vector<LogEnd> out;
  if (const auto line = line_at(from)) out.push_back({Offset{std::llround(*line)}, from});
  for (const Point& point : points_) {
    if (point.at > from || (point.at == from && out.empty())) out.push_back({point.end, point.at});
  }
  return out;
}

std::optional<double> LogEndHistory::produced_per_second(Duration over) const {
  constexpr Duration least = std::chrono::seconds{10};
  if (points_.empty()) return std::nullopt;
  const Point& newest = points_.back();
  const Instant from = std::max(newest.at - over, points_.front().at);
  if (newest.at - from < least) return std::nullopt;
  const double began = line_at(from).value_or(static_cast<double>(points_.front().end.get()));
  return (static_cast<double>(newest.end.get()) - began) / to_seconds(newest.at - from);
}

std::optional<Instant> LogEndHistory::last_rise() const {
  if (points_.empty()) return std::nullopt;
  const Offset end = points_.back().end;
  const auto first = std::partition_point(points_.begin(), points_.end(),
                                          [&](const Point& point) { return point.end < end; });
  if (first == points_.begin()) return std::nullopt;
  return first->at;
}

Crossing LogEndHistory::crossing_within(std::size_t size, Offset position) const {
  if (size == 0) return {};
  const LogEnd newest =
      size == points_.size() ? newest_ : LogEnd{points_[size - 1].end, points_[size - 1].at};
  if (newest.end <= position) return {Crossing::Kind::not_passed, {}, newest.at};
  if (points_.front().end > position) return {Crossing::Kind::unseen, points_.front().at};
  const auto end = points_.begin() + static_cast<std::ptrdiff_t>(size);
  const auto past = std::partition_point(points_.begin(), end,
                                         [&](const Point& point) { return point.end <= position; });
  const Point& before = *(past - 1);
  if (past->after_hole) return {Crossing::Kind::unseen, past->at, before.at};
  return {Crossing::Kind::shown, leaves(before, *past, position)};
}

// How far a straight line between two points would be off, at any position; null if that is too
// much to leave out what lies between them.
std::optional<std::uint32_t> LogEndHistory::slack_without(std::size_t from, std::size_t to) const {
  const Point& a = points_[from];
  const Point& c = points_[to];
  const Duration age = points_.back().at - c.at;
  if (c.after_hole) return std::nullopt;
  std::int64_t slack = c.slack_ms;
  Duration off{0};
  for (std::size_t i = from + 1; i < to; ++i) {
    const Point& b = points_[i];
    if (b.after_hole) return std::nullopt;
    slack = std::max<std::int64_t>(slack, b.slack_ms);
    if (c.end > a.end) off = std::max(off, std::chrono::abs(leaves(a, c, b.end) - b.at));
  }
  slack += off.count();
  if (slack > 0 && slack * age_per_error >= age.count()) return std::nullopt;
  if (slack > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  return static_cast<std::uint32_t>(slack);
}

// Each pass costs about as much as the appends since the one before.
void LogEndHistory::thin() {
  const Instant old = points_.back().at - always_kept;
  std::size_t last_old = points_.size() - newest_kept;
  while (last_old > 0 && points_[last_old].at > old) --last_old;

  std::vector<Point> kept{points_.front()};
  for (std::size_t from = 0; from + 1 < points_.size();) {
    std::size_t to = from + 1;
    Point next = points_[to];
    while (to + 1 <= last_old) {
      const auto slack = slack_without(from, to + 1);
      if (!slack) break;
      next = points_[++to];
      next.slack_ms = *slack;
    }
    kept.push_back(next);
    from = to;
  }
  if (kept.size() > most_points) {
    kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(most_points / 2));
  }
  thin_at_ = std::max(least_to_thin, static_cast<std::uint32_t>(kept.size() + kept.size() / 2));
  points_ = {};  // there may be a hundred thousand of these: no more room than will be used
  points_.reserve(thin_at_);
  points_.assign(kept.begin(), kept.end());
}

}  // namespace tidemark
