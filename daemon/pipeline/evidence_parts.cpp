#include "daemon/pipeline/evidence_parts.h"

#include <algorithm>
#include <set>

namespace tidemark {
namespace {

constexpr Duration before_at_most = std::chrono::hours{1};
// The slopes between all pairs of them are looked at.
constexpr std::size_t most_points = 12;

// The first, the last and some between.
std::vector<PacePoint> some_of(const std::vector<PacePoint>& points) {
  if (points.size() <= most_points) return points;
  std::vector<PacePoint> out;
  for (std::size_t i = 0; i < most_points; ++i) {
    out.push_back(points[i * (points.size() - 1) / (most_points - 1)]);
  }
  return out;
}

// What a partition was written from one instant to another, in records/s.
std::optional<double> written(const LogEndHistory& ends, Instant from, Instant to) {
  const LogEnd newest = ends.newest();
  to = std::min(to, newest.at);
  const auto first = ends.line_at(from);
  const auto last = ends.line_at(to);
  if (!first || !last || to <= from) return std::nullopt;
  return (*last - *first) / to_seconds(to - from);
}

std::optional<double> written_by_all(const std::vector<const LogEndHistory*>& partitions,
                                     Instant from, Instant to) {
  std::optional<double> sum;
  for (const LogEndHistory* ends : partitions) {
    if (const auto speed = written(*ends, from, to)) sum = sum.value_or(0) + *speed;
  }
  return sum;
}

std::optional<double> read_between(const PaceLog& read, Instant from, Instant to) {
  const auto first = read.total_at(from);
  const auto last = read.total_at(to);
  if (!first || !last || to <= from) return std::nullopt;
  return (*last - *first) / to_seconds(to - from);
}

// From when on most of them are seen: those whose histories begin within `slack` of the earliest.
Instant seen_from(const std::vector<const LogEndHistory*>& partitions, Duration slack) {
  Instant earliest = Instant::max();
  for (const LogEndHistory* ends : partitions) earliest = std::min(earliest, ends->begins());
  Instant out = earliest;
  for (const LogEndHistory* ends : partitions) {
    if (ends->begins() - earliest <= slack) out = std::max(out, ends->begins());
  }
  return out;
}

MemberEvidence live_member(const MemberReport& member, const MemberLog& log, Instant window_from) {
  MemberEvidence out;
  out.name = name_of(member);
  out.member_id = member.member_id;
  out.host = host_of(member);
  out.live = true;
  if (member.assignment_known) {
    int owned = 0;
    for (const auto& [topic, partitions] : member.assigned) {
      owned += static_cast<int>(partitions.size());
    }
    out.assigned = owned;
  }
  out.joined = log.joined(out.name, window_from);
  out.left = log.left(out.name, window_from);
  return out;
}

MemberEvidence departed(const Departure& member, const MemberLog& log, Instant window_from) {
  MemberEvidence out;
  out.name = member.name;
  out.member_id = member.member_id;
  out.host = member.host;
  out.left_at = member.at;
  out.joined = log.joined(out.name, window_from);
  out.left = log.left(out.name, window_from);
  return out;
}

}  // namespace

MemberTable::MemberTable(const std::vector<MemberReport>& members, const MemberLog& log,
                         Instant window_from) {
  std::set<std::string_view> live;
  by_report_.reserve(members.size());
  for (const MemberReport& member : members) {
    by_report_.emplace_back();
    if (member.away) continue;
    by_report_.back() = members_.size();
    live.insert(identity_of(member));
    assignments_known_ = assignments_known_ && member.assignment_known;
    members_.push_back(live_member(member, log, window_from));
  }
  for (const Departure& each : log.departures()) {
    if (live.contains(each.identity)) continue;
    last_left_ = members_.size();
    for (const auto& [topic, partitions] : each.owned) {
      Owners& owners = last_owners_[topic];
      for (const std::int32_t partition : partitions) owners[partition] = members_.size();
    }
    members_.push_back(departed(each, log, window_from));
  }
}

std::optional<std::size_t> MemberTable::owner(std::int16_t reported) const {
  if (reported < 0 || static_cast<std::size_t>(reported) >= by_report_.size()) return std::nullopt;
  return by_report_[static_cast<std::size_t>(reported)];
}

std::optional<std::size_t> MemberTable::last_owner(const std::string& topic,
                                                   std::int32_t partition) const {
  const auto of_topic = last_owners_.find(topic);
  if (of_topic == last_owners_.end()) return std::nullopt;
  const auto found = of_topic->second.find(partition);
  if (found == of_topic->second.end()) return std::nullopt;
  return found->second;
}

std::optional<Speed> speed_produced(const LogEndHistory& ends, Instant from) {
  std::vector<PacePoint> points;
  for (const LogEnd& seen : ends.seen_since(from)) points.push_back({seen.end, seen.at});
  return speed_of(some_of(points));
}

std::optional<Speed> speed_consumed(const PartitionHistory& history, Duration horizon,
                                    Instant now) {
  if (!history.committed()) return std::nullopt;
  const Instant from = now - horizon;
  if (history.newest().at < from) return Speed{};
  std::vector<PacePoint> points;
  for (const CommitSample& sample : history.window) {
    if (sample.at <= from) points.clear();  // only the newest of these leads into the horizon
    points.push_back({sample.offset, sample.at});
  }
  return speed_of(some_of(points));
}

PaceEvidence pace_of(const std::vector<const LogEndHistory*>& partitions, const PaceLog& read,
                     Duration window, Duration slack, Instant now) {
  PaceEvidence out;
  std::vector<const LogEndHistory*> seen;
  std::copy_if(partitions.begin(), partitions.end(), std::back_inserter(seen),
               [](const LogEndHistory* ends) { return !ends->empty(); });
  if (seen.empty()) return out;
  const Instant middle = now - window;
  const Instant from = std::max(
      {middle - before_at_most, seen_from(seen, slack), read.since().value_or(Instant::min())});
  const Instant all_from = std::min(from, middle);
  std::erase_if(seen, [&](const LogEndHistory* ends) { return ends->begins() > all_from; });
  out.produced_now = written_by_all(seen, middle, now);
  out.consumed_now = read_between(read, middle, now);
  if (middle - from < window) return out;
  out.produced_before = written_by_all(seen, from, middle);
  out.consumed_before = read_between(read, from, middle);
  out.before_length = middle - from;
  return out;
}

}  // namespace tidemark
