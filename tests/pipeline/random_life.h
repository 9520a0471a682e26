// A cluster's life made up from a seed, second by second (commits, log ends, members, settings), a
// watched cluster that lives it, and all that a report tells as words, to be compared.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "collectors/record.h"
#include "daemon/pipeline/cluster_state.h"

namespace tidemark::test {

using std::chrono::hours;
using std::chrono::seconds;

constexpr Instant start = from_ms(1'700'000'000'000);
constexpr std::int32_t offsets_partitions = 4;
constexpr int partitions = 4;  // of each topic
constexpr int topics = 2;
constexpr int groups = 4;
constexpr int refresh_seconds = 3;

inline std::string topic_name(int topic) { return "topic-" + std::to_string(topic); }
inline std::string group_name(int group) { return "group-" + std::to_string(group); }

struct Commit {
  int group;
  int topic;
  int partition;
  std::int64_t offset;
  bool tombstone;
};
struct Ends {
  int topic;
  std::vector<PartitionOffsets> partitions;
};
struct Members {
  int group;
  int count;
  int topics;  // that they read
};
struct Kept {
  int topic;
  Duration retention;
};
using Happening = std::variant<Commit, Ends, Members, Kept>;
using Life = std::vector<std::vector<Happening>>;  // by second

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(limit));
  }
  bool one_in(std::int64_t chance) { return below(chance) == 0; }

 private:
  std::mt19937_64 engine_;
};

// A topic partition as it really is: log ends are seen of it every few seconds.
struct Log {
  std::int64_t end = 1000;
  std::int64_t start = 0;
  std::int64_t hidden = 0;  // behind an open transaction
  int leader = 1;
  std::int64_t rests = 0;

  void live(Random& random) {
    if (random.one_in(60)) rests = 40;
    if (--rests <= 0) end += random.below(40);
    if (random.one_in(150)) start = std::max(start, end - random.below(60));
    if (random.one_in(300)) end = start = random.below(900);
    if (random.one_in(100)) leader = 1 + static_cast<int>(random.below(3));
    if (hidden > 0 && random.one_in(30)) hidden = 0;
    if (hidden == 0 && random.one_in(120)) hidden = 1 + random.below(30);
    start = std::min(start, end);
  }
  [[nodiscard]] PartitionOffsets seen(int partition) const {
    return {PartitionId{partition}, Offset{end}, Offset{start},
            Offset{std::max(start, end - hidden)}, leader};
  }
};

struct Reader {
  std::int64_t at = 1000;
  std::int64_t rests = 0;

  bool commits(Random& random, const Log& log) {
    if (random.one_in(150)) rests = 20 + random.below(120);
    if (--rests > 0 || !random.one_in(3)) return false;
    const std::int64_t before = at;
    if (at < log.end) at += random.one_in(3) ? random.below(log.end - at + 1) : log.end - at;
    if (random.one_in(80)) at = random.below(at + 1);
    return at != before || random.one_in(4);
  }
};

inline Life random_life(Random& random) {
  Life out(static_cast<std::size_t>(150 + random.below(250)));
  std::vector<Log> logs(topics * partitions);
  std::vector<Reader> readers(groups * topics * partitions);
  for (std::size_t second = 0; second < out.size(); ++second) {
    for (Log& log : logs) log.live(random);
    for (std::size_t i = 0; i < readers.size(); ++i) {
      const auto log = i % logs.size();
      if (!readers[i].commits(random, logs[log])) continue;
      const int group = static_cast<int>(i / logs.size());
      const int topic = static_cast<int>(log) / partitions;
      if (group == 3 && topic == 1) continue;
      out[second].push_back(Commit{group, topic, static_cast<int>(log) % partitions, readers[i].at,
                                   random.one_in(400)});
    }
    for (int topic = 0; topic < topics && second % refresh_seconds == 0; ++topic) {
      if (random.one_in(25)) continue;  // that request failed
      Ends ends{topic, {}};
      for (int p = 0; p < partitions; ++p) {
        if (!random.one_in(20))
          ends.partitions.push_back(logs[static_cast<std::size_t>(topic * partitions + p)].seen(p));
      }
      out[second].push_back(std::move(ends));
    }
    if (random.one_in(40)) {
      out[second].push_back(Members{static_cast<int>(random.below(groups)),
                                    static_cast<int>(random.below(4)),
                                    static_cast<int>(1 + random.below(topics))});
    }
    if (random.one_in(100)) {
      out[second].push_back(
          Kept{static_cast<int>(random.below(topics)), hours{6} + seconds{random.below(200)}});
    }
  }
  return out;
}

inline PolicyTable short_policies() {
  PolicyEntry entry;
  entry.policy.window = seconds{20};
  entry.policy.patience_min = seconds{12};
  entry.policy.patience_unknown = seconds{20};
  entry.policy.blocked_after = seconds{15};
  entry.policy.abandoned_after = seconds{60};
  entry.policy.allowed_time_lag = seconds{5};
  PolicyEntry promised = entry;
  promised.group = Pattern::compile("group-1").value();
  promised.policy.max_time_lag = seconds{4};
  PolicyEntry tolerant = entry;
  tolerant.group = Pattern::compile("group-2").value();
  tolerant.policy.allowed_lag = 15;
  std::vector<PolicyEntry> entries;
  entries.push_back(std::move(promised));
  entries.push_back(std::move(tolerant));
  entries.push_back(std::move(entry));
  return PolicyTable(std::move(entries));
}

class Watched {
 public:
  enum class Begins : std::uint8_t { caught_up, unknown };
  // `whole`: a topic comes or goes before every tick, for which all groups are judged as wholes.
  explicit Watched(bool whole, Begins begins = Begins::caught_up) : whole_(whole) {
    if (begins == Begins::unknown) return;
    list_topics(false);
    start_up(0);
  }

  std::shared_ptr<const ClusterReport> live(const std::vector<Happening>& happenings) {
    begin_second();
    for (const Happening& each : happenings) happen(each);
    return end_second();
  }

  // The same in steps.
  void begin_second() { now_ += seconds{1}; }
  void happen(const Happening& each) {
    std::visit([this](const auto& seen) { take(seen); }, each);
  }
  std::shared_ptr<const ClusterReport> end_second() {
    if (whole_) list_topics(another_ = !another_);
    auto report = state_->tick(now_);
    for (const ProbeQuestion& question : state_->take_probes()) answer(question);
    return report;
  }

  // Of each offsets partition so many records are there, of which so many were read before.
  void start_up(std::int64_t until) {
    CatchUpGoal goal;
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      goal.begin.push_back({p, Offset{0}});
      goal.until.push_back({p, Offset{until}});
    }
    state_->apply(std::move(goal));
  }
  // Of no topic: only that the offsets topic is no longer than what was read.
  void poll_offsets() { take(Ends{0, {}}); }
  void read_to(std::int64_t position) {
    OffsetsBatch batch;
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      batch.positions.push_back({p, Offset{position}});
    }
    state_->apply(std::move(batch));
  }
  void list_topics(bool another = false) {
    TopicsSeen seen;
    seen.cluster_id = "cluster-1";
    seen.brokers = 3;
    seen.offsets_topic_partitions = offsets_partitions;
    for (int t = 0; t < topics; ++t) seen.topics.push_back({TopicName{topic_name(t)}, partitions});
    if (another) seen.topics.push_back({TopicName{"unrelated"}, 1});
    state_->apply(std::move(seen));
  }

  ClusterState& state() { return *state_; }
  // A new process, which knows nothing.
  void forget_all() { state_ = begin(); }
  [[nodiscard]] Instant now() const { return now_; }

 private:
  std::unique_ptr<ClusterState> begin() const {
    return std::make_unique<ClusterState>(
        ClusterStateSettings{"PROD", "broker:9092", seconds{refresh_seconds}}, policies_);
  }

  void take(const Commit& commit) {
    const std::string group = group_name(commit.group);
    const std::string topic = topic_name(commit.topic);
    const std::string key = group + "/" + topic + "/" + std::to_string(commit.partition);
    OffsetsBatch batch;
    batch.received_at = now_;
    batch.bytes = key + group + topic + std::string(64, ' ');
    const std::string_view bytes = batch.bytes;
    CommitSeen seen;
    seen.key = bytes.substr(0, key.size());
    seen.group = bytes.substr(key.size(), group.size());
    seen.topic = bytes.substr(key.size() + group.size(), topic.size());
    seen.partition = PartitionId{commit.partition};
    seen.offset = Offset{commit.offset};
    seen.tombstone = commit.tombstone;
    seen.committed_at = now_;
    seen.offsets_partition = offsets_partition_of(group, offsets_partitions);
    batch.commits = {seen};
    state_->apply(std::move(batch));
  }

  void take(const Ends& ends) {
    LogEndsSeen seen;
    seen.taken_at = now_;
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      seen.offsets_topic.push_back({p, Offset{0}, Offset{0}});
    }
    seen.topics = {{TopicName{topic_name(ends.topic)}, ends.partitions}};
    state_->apply(std::move(seen));
  }

  void take(const Members& members) {
    ClassicGroupSeen seen;
    seen.group = GroupName{group_name(members.group)};
    seen.protocol_type = "consumer";
    seen.generation = ++generation_;
    for (int m = 0; m < members.count; ++m) {
      ClassicMember& member = seen.members.emplace_back();
      member.member_id = "member-" + std::to_string(m);
      for (int t = 0; t < members.topics; ++t) member.subscribed.push_back(topic_name(t));
      for (int p = m; p < partitions; p += members.count) {
        member.assigned[topic_name(0)].push_back(p);
      }
      member.subscription_known = member.assignment_known = true;
    }
    OffsetsBatch batch;
    batch.received_at = now_;
    batch.group_records.push_back({0, std::move(seen)});
    state_->apply(std::move(batch));
  }

  void take(const Kept& kept) {
    TopicSettings settings;
    settings.retention = kept.retention;
    TopicSettingsSeen seen;
    seen.topics = {{TopicName{topic_name(kept.topic)}, settings}};
    state_->apply(std::move(seen));
  }

  // Depends on nothing but the question, and always comes: after a failure it is asked again when a
  // group happens to be judged.
  void answer(const ProbeQuestion& question) {
    ProbeSeen seen;
    seen.question = question;
    seen.empty_to = question.from;
    const bool empty = (question.from.get() + question.partition.get()) % 4 == 0;
    seen.outcome = empty ? ProbeSeen::Outcome::end : ProbeSeen::Outcome::record;
    state_->apply(std::move(seen));
  }

  const bool whole_;
  bool another_ = false;
  std::int32_t generation_ = 0;
  PolicyTable policies_ = short_policies();
  std::unique_ptr<ClusterState> state_ = begin();
  Instant now_ = start;
};

inline std::string number(std::optional<std::int64_t> value) {
  return value ? " " + std::to_string(*value) : " none";
}
inline std::string instant(std::optional<Instant> at) {
  return at ? number((*at - start).count()) : " never";
}
inline std::string words(Conditions conditions) {
  std::string out;
  for (const auto word : conditions.words()) out += " " + std::string(word);
  return out;
}

// A sentence is of the moment at which its group was judged.
inline std::string told(const PartitionReport& of, bool sentences) {
  std::string out = "  " + std::to_string(of.partition.get()) + number(of.owner);
  if (!of.committed) return out + " padding\n";
  out += " " + std::string(to_string(of.status)) + " " + std::string(to_string(of.reason));
  for (const bool flag : {bool{of.stale}, bool{of.unprobed}, bool{of.blocked_long}}) {
    out += flag ? " yes" : " no";
  }
  out += words(of.conditions) + number(of.samples) + number(of.intervals);
  out += number(of.committed_offset.get()) + instant(of.committed_at) + number(of.lag);
  out += number(of.lost) + instant(of.unread_since) + (of.warned_before ? " warned" : "");
  return out + (sentences && of.why ? ": " + of.why->text() : "") + "\n";
}

inline std::string told(const GroupReport& of, bool sentences) {
  std::string out = of.name.get() + " " + of.state + number(of.generation);
  out += " " + std::string(to_string(of.status)) + " " + std::string(to_string(of.reason));
  out += words(of.conditions) + (of.stale ? " stale" : "") + instant(of.status_since);
  out += number(of.lag) + instant(of.unread_since) + (of.time_lag_unknown ? " unknown" : "");
  out += number(of.lost) + number(of.partition_count) + instant(of.last_commit);
  out += " " + std::to_string(of.complete) + number(static_cast<std::int64_t>(of.members.size()));
  out += (sentences ? ": " + of.explanation : "") + "\n";
  for (const TopicOfGroup& topic : of.topics) {
    out += " " + topic.topic.get() + "\n";
    for (const PartitionReport& each : topic.partitions) out += told(each, sentences);
  }
  return out;
}

inline std::string told(const Event& of) {
  return std::to_string(of.sequence) + instant(of.at) + " " + std::string(to_string(of.kind)) +
         " " + of.group + " " + of.subject + ": " + of.from + " " + of.to + " " + of.reason + ": " +
         of.sentence + "\n";
}

}  // namespace tidemark::test
