#include "collectors/log_end_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace tidemark {
namespace {

// The merge inside librdkafka is quadratic in it, and each request has a price of its own.
constexpr std::size_t chunk_size = 200;
constexpr std::size_t most_lanes = 4;
constexpr std::size_t chunks_worth_a_lane = 4;
constexpr std::size_t most_threads = 12;  // of a round, unless it has more leaders
constexpr std::chrono::milliseconds newer_metadata_within{7000};

std::string label(LogPoint point) {
  switch (point) {
    case LogPoint::end:
      return "log_ends";
    case LogPoint::stable:
      return "last_stable_offsets";
    case LogPoint::start:
      return "log_starts";
  }
  return "log_ends";
}

std::optional<Offset> as_offset(const std::optional<std::int64_t>& answer) {
  return answer ? std::optional(Offset{*answer}) : std::nullopt;
}

PartitionList slice(const PartitionList& of, std::size_t from, std::size_t count) {
  const auto begin = of.begin() + static_cast<std::ptrdiff_t>(from);
  return {begin, begin + static_cast<std::ptrdiff_t>(std::min(count, of.size() - from))};
}

// The same partitions as the plan has them.
std::map<std::int32_t, PartitionList> regroup(const PartitionList& partitions,
                                              const ClusterPlan& plan) {
  std::map<std::string_view, const TopicLeaders*> topics;
  for (const TopicLeaders& topic : plan.topics) topics[topic.name] = &topic;
  std::map<std::int32_t, PartitionList> out;
  for (const PartitionOf& each : partitions) {
    const auto topic = topics.find(each.topic->name);
    if (topic == topics.end()) continue;
    const PartitionOf now{topic->second, each.partition};
    if (static_cast<std::size_t>(each.partition) < now.topic->leaders.size()) {
      out[now.leader()].push_back(now);
    }
  }
  return out;
}

void append(std::vector<TopicOffsets>& topics, const PartitionOf& of, PartitionOffsets offsets) {
  if (topics.empty() || topics.back().topic.get() != of.topic->name) {
    topics.push_back({TopicName{of.topic->name}, {}});
  }
  topics.back().partitions.push_back(offsets);
}

}  // namespace

struct LogEndRequest::Chunk {
  explicit Chunk(const PartitionList& of) : partitions(of) {
    for (const PartitionOf& each : of) {
      ends.push_back({&each.topic->name, each.partition, std::nullopt});
    }
    stables = starts = ends;
  }

  const PartitionList& partitions;
  Instant taken_at;
  std::vector<OffsetQuestion> ends;
  std::vector<OffsetQuestion> stables;
  std::vector<OffsetQuestion> starts;
};

std::map<std::int32_t, PartitionList> by_leader(const ClusterPlan& plan) {
  std::map<std::int32_t, PartitionList> out;
  for (const TopicLeaders& topic : plan.topics) {
    for (std::size_t p = 0; p < topic.leaders.size(); ++p) {
      out[topic.leaders[p]].push_back({&topic, static_cast<std::int32_t>(p)});
    }
  }
  return out;
}

std::vector<PartitionList> in_lanes(const PartitionList& partitions, std::size_t leaders) {
  const std::size_t allowed = most_threads / std::max<std::size_t>(leaders, 1);
  const std::size_t useful = partitions.size() / (chunk_size * chunks_worth_a_lane);
  const std::size_t lanes = std::clamp<std::size_t>(std::min(allowed, useful), 1, most_lanes);
  const std::size_t each = (partitions.size() + lanes - 1) / lanes;
  std::vector<PartitionList> out;
  for (std::size_t i = 0; i < lanes; ++i) out.push_back(slice(partitions, i * each, each));
  return out;
}

LogEndRequest::LogEndRequest(std::shared_ptr<const ClusterPlan> plan, Surroundings around)
    : plan_(std::move(plan)), around_(std::move(around)) {}

void LogEndRequest::run(const PartitionList& partitions, PartitionList leaderless) {
  if (!partitions.empty()) leader_ = partitions.front().leader();
  leaderless_ = std::move(leaderless);
  const PartitionList failed = try_all(partitions);
  if (!failed.empty() && !around_.stop.stop_requested()) try_again(failed);
}

PartitionList LogEndRequest::try_all(const PartitionList& partitions) {
  PartitionList failed;
  for (std::size_t from = 0; from < partitions.size(); from += chunk_size) {
    const PartitionList chunk = slice(partitions, from, chunk_size);
    const KafkaError error = ask(chunk, false);
    if (error.lost() || around_.stop.stop_requested()) {
      const PartitionList rest = slice(partitions, from, partitions.size());
      failed.insert(failed.end(), rest.begin(), rest.end());
      break;
    }
    if (!error.ok()) failed.insert(failed.end(), chunk.begin(), chunk.end());
  }
  return failed;
}

void LogEndRequest::try_again(const PartitionList& failed) {
  around_.board.need_metadata();
  const auto newer =
      around_.board.wait_for_plan(plan_->version, newer_metadata_within, around_.stop);
  if (!newer || newer->version == plan_->version) return;  // nobody answers at all
  // What is asked points into it, and what failed pointed into the old one.
  const auto groups = regroup(failed, *newer);
  const auto old = std::exchange(plan_, newer);
  leaderless_.clear();
  for (const auto& [leader, partitions] : groups) {
    if (leader < 0) continue;
    leader_ = leader;
    for (std::size_t from = 0; from < partitions.size(); from += chunk_size) {
      if (!isolate(slice(partitions, from, chunk_size))) break;
    }
  }
}

// False if the leader does not answer.
bool LogEndRequest::isolate(const PartitionList& chunk) {
  if (around_.stop.stop_requested()) return false;
  const KafkaError error = ask(chunk, chunk.size() == 1);
  if (error.lost()) return false;
  if (error.ok() || chunk.size() == 1) return true;
  const std::size_t half = chunk.size() / 2;
  return isolate(slice(chunk, 0, half)) && isolate(slice(chunk, half, chunk.size()));
}

KafkaError LogEndRequest::ask(const PartitionList& partitions, bool tell_in_any_case) {
  Chunk chunk(partitions);
  chunk.taken_at = around_.clock.now();
  KafkaError error = ask_into(chunk);
  if (error.ok() || (tell_in_any_case && !error.lost())) tell(chunk);
  return error;
}

// The log end first: a last stable offset that is behind it is then so because of a transaction.
KafkaError LogEndRequest::ask_into(Chunk& chunk) {
  KafkaError error = ask_one(LogPoint::end, chunk.ends);
  if (error.ok()) error = ask_one(LogPoint::stable, chunk.stables);
  if (error.ok()) error = ask_one(LogPoint::start, chunk.starts);
  return error;
}

KafkaError LogEndRequest::ask_one(LogPoint point, std::vector<OffsetQuestion>& questions) {
  if (questions.empty()) return {};
  KafkaError error = around_.ask(point, questions);
  if (!error.ok()) {
    around_.outlet.failed(
        label(point), fmt::format("leader {}, from {}-{} on: {}", leader_, *questions.front().topic,
                                  questions.front().partition, error.message));
  }
  return error;
}

void LogEndRequest::tell(const Chunk& chunk) {
  LogEndsSeen seen;
  seen.taken_at = chunk.taken_at;
  CatchUpGoal goal;
  for (std::size_t i = 0; i < chunk.partitions.size(); ++i) {
    const PartitionOf& of = chunk.partitions[i];
    PartitionOffsets offsets{PartitionId{of.partition}, as_offset(chunk.ends[i].offset),
                             as_offset(chunk.starts[i].offset), as_offset(chunk.stables[i].offset),
                             of.leader()};
    if (of.topic->name == offsets_topic && offsets.lso) {
      seen.offsets_topic.push_back(
          {of.partition, offsets.end.value_or(*offsets.lso), *offsets.lso});
      if (offsets.start && around_.memory.first_bounds_of(of.partition)) {
        goal.begin.push_back({of.partition, *offsets.start});
        goal.until.push_back({of.partition, *offsets.lso});
        around_.board.note_offsets_bounds(of.partition, {*offsets.start, *offsets.lso});
      }
    }
    if (of.topic->name == share_state_topic) {
      if (offsets.lso) {
        seen.share_state_topic.push_back(
            {of.partition, offsets.end.value_or(*offsets.lso), *offsets.lso});
      }
      continue;
    }
    // It was asked later than the log end.
    if (offsets.lso && offsets.end) offsets.lso = std::min(*offsets.lso, *offsets.end);
    append(seen.topics, of, offsets);
  }
  for (const PartitionOf& of : std::exchange(leaderless_, {})) {
    if (of.topic->name == share_state_topic) continue;
    append(seen.topics, of,
           {PartitionId{of.partition}, std::nullopt, std::nullopt, std::nullopt, -1});
  }
  if (!goal.until.empty()) around_.outlet.send(std::move(goal), around_.stop);
  around_.outlet.send(std::move(seen), around_.stop);
}

}  // namespace tidemark
