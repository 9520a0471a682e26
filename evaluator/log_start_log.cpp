#include "evaluator/log_start_log.h"

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t most_moves = 4;
// One move may have been made by hand (DeleteRecords).
constexpr std::size_t enough_to_fit = 2;

bool by_time(const LogStartLog::Move& move, std::optional<Duration> retention) {
  if (!retention) return false;
  return move.deleted_age < Duration{0} || move.deleted_age >= *retention;
}

}  // namespace

void LogStartLog::moved(const Move& move) {
  if (moves_.size() >= most_moves) moves_.erase(moves_.begin());
  moves_.push_back(move);
}

void LogStartLog::move_in_time(Duration by) {
  for (Move& move : moves_) move.at += by;
}

// Of several the largest: it accuses least.
std::optional<std::int64_t> LogStartLog::fits(std::optional<Duration> retention) const {
  std::size_t seen = 0;
  std::int64_t most = 0;
  for (const Move& move : moves_) {
    if (by_time(move, retention)) continue;
    ++seen;
    most = std::max<std::int64_t>(most, move.end - move.start);
  }
  if (seen < enough_to_fit) return std::nullopt;
  return most;
}

std::optional<double> LogStartLog::speed(Instant now) const {
  if (moves_.size() < most_moves) return std::nullopt;
  const Move& first = moves_.front();
  const Move& last = moves_.back();
  const Duration between = (last.at - first.at) / static_cast<std::int64_t>(moves_.size() - 1);
  // The next one is late already: then it is at best as fast as if it came now.
  const Duration standing = std::max(now - last.at - between, Duration{0});
  const double seconds = to_seconds(last.at - first.at + standing);
  if (seconds <= 0) return std::nullopt;
  return static_cast<double>(last.start - first.start) / seconds;
}

}  // namespace tidemark
