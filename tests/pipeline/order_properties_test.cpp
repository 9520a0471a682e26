// What must be so of every history as the pipeline sees it: the order in which independent things
// arrive changes nothing, the same things seen again lead to the same, and lag is never negative.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "collectors/record.h"
#include "daemon/pipeline/cluster_state.h"

namespace tidemark {
namespace {

constexpr Instant start = from_ms(1'700'000'000'000);
constexpr std::int32_t offsets_partitions = 4;
constexpr std::int32_t partitions = 3;  // of the topic `orders`
constexpr std::int32_t groups = 3;

struct Commit {
  std::int32_t group;
  std::int32_t partition;
  std::int64_t offset;
};
struct End {
  std::int32_t partition;
  std::int64_t end;
  std::int64_t log_start;
};
// What happens within ten seconds: commits, then a refresh. Neither the commits (one for each
// partition of a group at most) nor the ends depend on each other.
struct Round {
  std::vector<Commit> commits;
  std::vector<End> ends;
};
using History = std::vector<Round>;

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine(seed) {}
  std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(engine() % static_cast<std::uint64_t>(limit));
  }
  std::mt19937_64 engine;
};

// Groups that read, stand, stop, go back and fall behind; logs that grow, pause, are cut at their
// beginning and, now and then, begin anew.
History random_history(Random& random) {
  History out(static_cast<std::size_t>(20 + random.below(120)));
  std::vector<std::int64_t> ends(partitions, 1000);
  std::vector<std::int64_t> starts(partitions, 0);
  std::vector<std::vector<std::int64_t>> read(groups, std::vector<std::int64_t>(partitions, 1000));
  std::vector<std::int64_t> rests(groups * partitions, 0);  // rounds without a commit, to come
  for (Round& round : out) {
    for (std::int32_t p = 0; p < partitions; ++p) {
      std::int64_t& end = ends[static_cast<std::size_t>(p)];
      end += random.below(4) == 0 ? 0 : random.below(500);
      std::int64_t& log_start = starts[static_cast<std::size_t>(p)];
      if (random.below(30) == 0) log_start = std::max(log_start, end - random.below(200));
      if (random.below(200) == 0) {
        end = random.below(100);
        log_start = 0;
      }
      for (std::int32_t g = 0; g < groups; ++g) {
        std::int64_t& at = read[static_cast<std::size_t>(g)][static_cast<std::size_t>(p)];
        std::int64_t& rest = rests[static_cast<std::size_t>(g * partitions + p)];
        if (random.below(80) == 0) rest = 100;
        if (--rest > 0 || random.below(3) != 0) continue;
        if (at < end) at += random.below(end - at + 1);
        if (random.below(60) == 0) at = random.below(at + 1);
        round.commits.push_back({g, p, at});
      }
      if (random.below(10) != 0) round.ends.push_back({p, end, log_start});
    }
  }
  return out;
}

class Watcher {
 public:
  Watcher() {
    TopicsSeen topics;
    topics.cluster_id = "cluster-1";
    topics.brokers = 3;
    topics.offsets_topic_partitions = offsets_partitions;
    topics.topics = {{TopicName{"orders"}, partitions}};
    state_.apply(std::move(topics));
    CatchUpGoal goal;
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      goal.begin.push_back({p, Offset{0}});
      goal.until.push_back({p, Offset{0}});
    }
    state_.apply(std::move(goal));
  }

  // Somebody asks for the windows of every group whenever that is allowed.
  void ask_all_the_time() {
    state_.call_in_pauses(
        [this] {
          for (std::int32_t g = 0; g < groups; ++g) {
            const auto detail = state_.detail("group-" + std::to_string(g), false, now_);
            if (!detail) continue;
            ++answers_;
            EXPECT_FALSE(detail.value().report) << "that may change yet";
            for (const PartitionWindow& each : detail.value().windows) {
              EXPECT_LE(each.samples.size(), 10U);
            }
          }
        },
        1);
  }
  [[nodiscard]] int answers() const { return answers_; }

  // All verdicts after each round, in words.
  std::vector<std::string> watch(const History& history) {
    std::vector<std::string> out;
    for (const Round& round : history) {
      now_ += std::chrono::seconds{10};
      for (const Commit& each : round.commits) take(each);
      for (const End& each : round.ends) take(each);
      take_offsets_topic();
      state_.tick(now_ + std::chrono::seconds{1});
      for (const ProbeQuestion& question : state_.take_probes()) refuse(question);
      out.push_back(told(*state_.tick(now_ + std::chrono::seconds{1})));
    }
    return out;
  }

 private:
  void take(const Commit& commit) {
    const std::string group = "group-" + std::to_string(commit.group);
    const std::string key = group + "/orders/" + std::to_string(commit.partition);
    OffsetsBatch batch;
    batch.received_at = now_;
    batch.bytes = key + group + "orders" + std::string(64, ' ');
    const std::string_view bytes = batch.bytes;
    CommitSeen seen;
    seen.key = bytes.substr(0, key.size());
    seen.group = bytes.substr(key.size(), group.size());
    seen.topic = bytes.substr(key.size() + group.size(), 6);
    seen.partition = PartitionId{commit.partition};
    seen.offset = Offset{commit.offset};
    seen.committed_at = now_;
    seen.offsets_partition = offsets_partition_of(group, offsets_partitions);
    batch.commits = {seen};
    state_.apply(std::move(batch));
  }

  void take(const End& end) {
    LogEndsSeen seen;
    seen.taken_at = now_;
    seen.topics = {{TopicName{"orders"},
                    {{PartitionId{end.partition}, Offset{end.end},
                      Offset{std::min(end.log_start, end.end)}, Offset{end.end}, 1}}}};
    state_.apply(std::move(seen));
  }

  void take_offsets_topic() {
    LogEndsSeen seen;
    seen.taken_at = now_;
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      seen.offsets_topic.push_back({p, Offset{0}, Offset{0}});
    }
    state_.apply(std::move(seen));
  }

  void refuse(const ProbeQuestion& question) {
    ProbeSeen seen;
    seen.question = question;
    seen.outcome = ProbeSeen::Outcome::failed;
    state_.apply(std::move(seen));
  }

  std::string told(const ClusterReport& report) {
    std::string out;
    for (const auto& event : report.events) out += event->sentence + "\n";
    for (const auto& group : report.groups) {
      out += group->name.get() + " " + std::string(to_string(group->status)) + "\n";
      for (const TopicOfGroup& topic : group->topics) {
        for (const PartitionReport& each : topic.partitions) out += told(each, report.as_of_broker);
      }
    }
    return out;
  }

  std::string told(const PartitionReport& of, Instant now) {
    if (!of.committed) return "-\n";
    EXPECT_GE(of.lag.value_or(0), 0);
    EXPECT_GE(of.lost, 0);
    EXPECT_GE(of.time_lag(now).value_or(Duration{0}), Duration{0});
    std::string out = std::to_string(of.partition.get()) + " ";
    out += std::string(to_string(of.status)) + " " + std::string(to_string(of.reason)) + " lag ";
    out += of.lag ? std::to_string(*of.lag) : "unknown";
    out += " lost " + std::to_string(of.lost) + ": " + of.explanation(now);
    for (const auto word : of.conditions.words()) out += " " + std::string(word);
    return out + "\n";
  }

  PolicyTable policies_;
  ClusterState state_{{"PROD", "broker:9092", std::chrono::seconds{10}}, policies_};
  Instant now_ = start;
  int answers_ = 0;
};

History shuffled(History history, Random& random) {
  for (Round& round : history) {
    std::shuffle(round.commits.begin(), round.commits.end(), random.engine);
    std::shuffle(round.ends.begin(), round.ends.end(), random.engine);
  }
  return history;
}

TEST(AnyOrder, of_independent_observations_leads_to_the_same_verdicts) {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    Random random(seed);
    const History history = random_history(random);
    const auto as_it_came = Watcher().watch(history);
    const auto in_another_order = Watcher().watch(shuffled(history, random));
    ASSERT_EQ(as_it_came, in_another_order) << "seed " << seed;
  }
}

TEST(AnyOrder, the_same_observations_lead_to_the_same_verdicts_again) {
  for (std::uint32_t seed = 100; seed < 130; ++seed) {
    Random random(seed);
    const History history = random_history(random);
    ASSERT_EQ(Watcher().watch(history), Watcher().watch(history)) << "seed " << seed;
  }
}

TEST(AnyOrder, questions_at_every_pause_change_nothing) {
  for (std::uint32_t seed = 200; seed < 230; ++seed) {
    Random random(seed);
    const History history = random_history(random);
    Watcher asked;
    asked.ask_all_the_time();
    ASSERT_EQ(asked.watch(history), Watcher().watch(history)) << "seed " << seed;
    EXPECT_GT(asked.answers(), static_cast<int>(history.size())) << "it was never asked";
  }
}

TEST(AnyOrder, the_histories_lead_to_verdicts_of_many_kinds) {
  std::string all;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    Random random(seed);
    for (const std::string& each : Watcher().watch(random_history(random))) all += each;
  }
  for (const char* reason : {" caught_up ", " stopped ", " rewind ", " keeping_up ", " data_loss ",
                             " falling_behind ", " beyond_log_end ", " monitor_stale "}) {
    EXPECT_NE(all.find(reason), std::string::npos) << reason;
  }
}

}  // namespace
}  // namespace tidemark
