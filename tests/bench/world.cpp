#include "tests/bench/world.h"

#include <string_view>

#include "collectors/record.h"
#include "tests/bench/big_endian.h"

namespace tidemark::bench {
namespace {

std::string numbered(const std::string& name, int number) {
  const std::string digits = std::to_string(number);
  return name + std::string(digits.size() < 5 ? 5 - digits.size() : 0, '0') + digits;
}

void put_topic_id(std::string& out, int topic) {
  for (int i = 0; i < 12; ++i) out.push_back(static_cast<char>(0xA0 + i));
  put(out, topic + 1, 4);
}

}  // namespace

void World::take(Settings& settings) {
  settings.take("groups", &groups);
  settings.take("first_group", &first_group);
  settings.take("topics", &topics);
  settings.take("first_topic", &first_topic);
  settings.take("partitions", &partitions);
  settings.take("rounds", &rounds);
  settings.take("log_end", &log_end);
  settings.take("late_every", &late_every);
  settings.take("offsets_partitions", &offsets_partitions);
  settings.take("value_version", &value_version);
}

std::string World::group(int g) const { return numbered("payments-enrichment-", first_group + g); }
std::string World::topic(int t) const { return numbered("orders.events.", first_topic + t); }

std::vector<std::string> World::all_topics() const {
  std::vector<std::string> names;
  for (int t = 0; t < topics; ++t) names.push_back(topic(t));
  return names;
}

std::int64_t World::offset(int g, int round) const {
  const std::int64_t even = std::int64_t{log_end} * (round + 1) / rounds;
  return late_every > 0 && g % late_every == 0 ? even * 9 / 10 : even;
}

Instant World::committed_at(int g, int p, int round, Instant now) const {
  const Duration quarter = between / quarters;
  const Duration within{(std::int64_t{g} * 7919 + p * 31) % quarter.count()};
  return now - between * (rounds - round) + quarter * (g * quarters / groups) + within;
}

std::string World::key(int g, int p) const {
  std::string out;
  put(out, 1, 2);
  put_string(out, group(g));
  put_string(out, topic(topic_of(g)));
  put(out, p, 4);
  return out;
}

std::string World::value(int g, int p, int round, Instant now) const {
  return value_of(g, offset(g, round), committed_at(g, p, round, now));
}

std::string World::value_of(int g, std::int64_t offset, Instant committed_at) const {
  const bool flexible = value_version >= 4;
  std::string out;
  put(out, value_version, 2);
  put(out, offset, 8);
  put(out, 3, 4);
  flexible ? put(out, 1, 1) : put(out, 0, 2);  // metadata: ""
  put(out, to_ms(committed_at), 8);
  if (!flexible) return out;
  put(out, 1, 1);  // one tagged field: number 0, 16 bytes
  put(out, 0, 1);
  put(out, 16, 1);
  put_topic_id(out, first_topic + topic_of(g));
  return out;
}

OffsetsBatch batch_of(const World& world, int first_group, int end_group, int round, Instant now) {
  OffsetsBatch batch;
  batch.received_at = now;
  std::vector<std::size_t> ends;
  for (int g = first_group; g < end_group; ++g) {
    for (int p = 0; p < world.partitions; ++p) {
      batch.bytes += world.key(g, p);
      ends.push_back(batch.bytes.size());
      batch.bytes += world.value(g, p, round, now);
      ends.push_back(batch.bytes.size());
    }
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; i < ends.size(); i += 2) {
    const std::string_view bytes = batch.bytes;
    const std::string_view key = bytes.substr(begin, ends[i] - begin);
    const auto record = decode_record(key, bytes.substr(ends[i], ends[i + 1] - ends[i]));
    begin = ends[i + 1];
    const auto& commit = std::get<OffsetCommit>(record);
    CommitSeen seen;
    seen.key = key;
    seen.group = commit.group;
    seen.topic = commit.topic;
    seen.partition = PartitionId{commit.partition};
    seen.offset = Offset{commit.offset};
    seen.committed_at = from_ms(commit.commit_timestamp);
    seen.topic_id = commit.topic_id;
    seen.offsets_partition = offsets_partition_of(commit.group, world.offsets_partitions);
    batch.commits.push_back(seen);
  }
  batch.records = batch.commits.size();
  return batch;
}

TopicsSeen topics_of(const World& world) {
  TopicsSeen seen;
  seen.cluster_id = "synthetic";
  seen.brokers = 1;
  seen.offsets_topic_partitions = world.offsets_partitions;
  for (int t = 0; t < world.topics; ++t) {
    seen.topics.push_back({TopicName{world.topic(t)}, world.partitions});
  }
  return seen;
}

LogEndsSeen log_ends_of(const World& world, std::int64_t log_end, Instant at) {
  LogEndsSeen seen;
  seen.taken_at = at;
  for (int p = 0; p < world.offsets_partitions; ++p) {
    seen.offsets_topic.push_back({p, Offset{0}, Offset{0}});
  }
  for (int t = 0; t < world.topics; ++t) {
    TopicOffsets topic{TopicName{world.topic(t)}, {}};
    for (int p = 0; p < world.partitions; ++p) {
      topic.partitions.push_back({PartitionId{p}, Offset{log_end}, Offset{0}, Offset{log_end}, 1});
    }
    seen.topics.push_back(std::move(topic));
  }
  return seen;
}

CatchUpGoal caught_up(const World& world) {
  CatchUpGoal goal;
  for (int p = 0; p < world.offsets_partitions; ++p) {
    goal.begin.push_back({p, Offset{0}});
    goal.until.push_back({p, Offset{0}});
  }
  return goal;
}

}  // namespace tidemark::bench
