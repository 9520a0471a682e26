// Commits and refreshes wait beside their history until somebody needs it. That must show nowhere:
// a cluster whose groups are asked for after each, so that all are taken as they come, tells the
// same.
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "collectors/record.h"
#include "daemon/pipeline/cluster_state.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr Instant start = from_ms(1'700'000'000'000);
constexpr std::int32_t offsets_partitions = 3;
constexpr int partitions = 3;
constexpr int groups = 3;

std::string group_name(std::int64_t group) { return "group-" + std::to_string(group); }

// Without probes, which would be asked for sooner where groups are judged for each question.
PolicyTable some_policies() {
  PolicyEntry plain;
  plain.policy.probe = false;
  PolicyEntry tolerant = plain;
  tolerant.group = Pattern::compile("group-1").value();
  tolerant.policy.allowed_lag = 15;
  PolicyEntry short_windows = plain;
  short_windows.group = Pattern::compile("group-2").value();
  short_windows.policy.window = seconds{20};
  short_windows.policy.allowed_time_lag = seconds{5};
  std::vector<PolicyEntry> entries;
  entries.push_back(std::move(tolerant));
  entries.push_back(std::move(short_windows));
  entries.push_back(std::move(plain));
  return PolicyTable(std::move(entries));
}

class Watched {
 public:
  // `at_once`: each commit and each refresh is taken as it comes.
  explicit Watched(bool at_once) : at_once_(at_once) {
    TopicsSeen topics;
    topics.offsets_topic_partitions = offsets_partitions;
    topics.topics = {{TopicName{"orders"}, partitions}};
    state_.apply(std::move(topics));
    CatchUpGoal goal;
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      goal.begin.push_back({p, Offset{0}});
      goal.until.push_back({p, Offset{1}});
    }
    state_.apply(std::move(goal));
  }

  void commit(const std::string& group, CommitSeen seen, Instant now) {
    OffsetsBatch batch;
    batch.received_at = now;
    const std::string key = group + "/" + std::to_string(seen.partition.get());
    batch.bytes = key + group + "orders" + std::string(64, ' ');
    const std::string_view bytes = batch.bytes;
    seen.key = bytes.substr(0, key.size());
    seen.group = bytes.substr(key.size(), group.size());
    seen.topic = bytes.substr(key.size() + group.size(), 6);
    seen.offsets_partition = offsets_partition_of(group, offsets_partitions);
    batch.commits = {seen};
    state_.apply(std::move(batch));
    if (at_once_) ask_for(group, now);
  }

  void log_end(const PartitionOffsets& seen, Instant now) {
    LogEndsSeen all;
    all.taken_at = now;
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      all.offsets_topic.push_back({p, Offset{1}, Offset{1}});
    }
    all.topics = {{TopicName{"orders"}, {seen}}};
    state_.apply(std::move(all));
    for (int g = 0; at_once_ && g < groups; ++g) ask_for(group_name(g), now);
  }

  void end_start_up() {
    OffsetsBatch batch;
    for (std::int32_t p = 0; p < offsets_partitions; ++p) batch.positions.push_back({p, Offset{1}});
    state_.apply(std::move(batch));
  }

  std::shared_ptr<const ClusterReport> tick(Instant now) { return state_.tick(now); }

  // Changes nothing.
  PartitionWindows windows(const std::string& group, Instant now) {
    auto detail = state_.detail(group, false, now);
    return detail.ok() ? std::move(detail.value().windows) : PartitionWindows{};
  }

 private:
  void ask_for(const std::string& group, Instant now) {
    static_cast<void>(state_.detail(group, true, now));
  }

  const bool at_once_;
  PolicyTable policies_ = some_policies();
  ClusterState state_{{"PROD", "broker:9092", seconds{10}}, policies_};
};

std::string number(std::optional<std::int64_t> value) {
  return value ? " " + std::to_string(*value) : " none";
}
std::string instant(Instant at) { return number((at - start).count()); }
std::string told(const Since& since) {
  if (since.source == Since::Source::none) return " never";
  return number(static_cast<int>(since.source)) + instant(since.at);
}

std::string told(const PartitionWindows& windows) {
  std::string out;
  for (const PartitionWindow& each : windows) {
    out += number(each.partition.get()) + number(each.patience.count());
    out += each.position ? number(each.position->get()) : " none";
    out += each.standing_since ? instant(*each.standing_since) : " none";
    out += told(each.unread_since) + told(each.waiting_since);
    out += ":";
    for (const WindowSample& sample : each.samples) {
      out += number(sample.offset.get()) + instant(sample.at) + number(sample.lag) + ",";
    }
    out += "\n";
  }
  return out;
}

std::string told(const ClusterReport& report) {
  std::string out;
  for (const auto& group : report.groups) {
    out += group->name.get() + " " + group->explanation + number(group->lag) + "\n";
    for (const TopicOfGroup& topic : group->topics) {
      for (const PartitionReport& each : topic.partitions) {
        out += number(each.partition.get()) + " " + std::string(to_string(each.status)) + " " +
               std::string(to_string(each.reason)) + number(each.lag) + number(each.lost) +
               number(each.samples) + (each.stale ? " stale" : "");
        out += each.unread_since ? instant(*each.unread_since) : " none";
        out += each.why ? ": " + each.why->text() + "\n" : "\n";
      }
    }
  }
  return out;
}

// The same happens to both clusters.
class Pair {
 public:
  explicit Pair(std::uint32_t seed) : random_(seed) {}

  void happen() {
    now_ += seconds{below(4)};
    if (one_in(60)) now_ += hours{below(30 * 24)};
    if (one_in(6)) {
      refresh();
    } else {
      commit();
    }
  }
  void end_start_up() {
    left_.end_start_up();
    right_.end_start_up();
  }

  void compare_windows() {
    for (int g = 0; g < groups; ++g) {
      const auto name = group_name(g);
      ASSERT_EQ(told(left_.windows(name, now_)), told(right_.windows(name, now_)));
    }
  }
  void tick() {
    const auto left = left_.tick(now_);
    const auto right = right_.tick(now_);
    for (const auto& group : left->groups) {
      for (const TopicOfGroup& topic : group->topics) {
        for (const PartitionReport& each : topic.partitions) reasons[each.reason] += 1;
      }
    }
    ASSERT_EQ(told(*left), told(*right));
  }

  std::map<Reason, int> reasons;

 private:
  std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit));
  }
  bool one_in(std::int64_t chance) { return below(chance) == 0; }

  void commit() {
    const std::int64_t group = below(groups);
    const std::int64_t partition = below(partitions);
    std::int64_t& at = read_[{group, partition}];
    at = one_in(25) ? below(3000) : at + below(3) * below(20);
    if (one_in(200)) at += std::int64_t{1} << 33U;
    CommitSeen seen;
    seen.partition = PartitionId{static_cast<std::int32_t>(partition)};
    seen.tombstone = one_in(80);
    seen.offset = Offset{at};
    seen.committed_at = now_;
    if (one_in(300)) seen.committed_at += seconds{60};  // this machine's clock is behind
    if (one_in(120)) ++incarnation_;
    if (incarnation_ > 0) seen.topic_id.at(0) = incarnation_;
    left_.commit(group_name(group), seen, now_);
    right_.commit(group_name(group), seen, now_);
  }

  void refresh() {
    const std::int64_t partition = below(partitions);
    std::int64_t& end = ends_[partition];
    end = one_in(20) ? below(2000) : end + below(4) * below(60);
    PartitionOffsets seen{PartitionId{static_cast<std::int32_t>(partition)}, Offset{end}, Offset{0},
                          Offset{end}, 1};
    if (one_in(15)) seen.end.reset();
    left_.log_end(seen, now_);
    right_.log_end(seen, now_);
  }

  std::mt19937 random_;
  Instant now_ = start;
  std::uint8_t incarnation_ = 0;
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> read_;
  std::map<std::int64_t, std::int64_t> ends_;
  Watched left_{false};
  Watched right_{true};
};

TEST(WaitingCommits, tell_the_same_as_commits_that_are_taken_as_they_come) {
  std::map<Reason, int> reasons;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    Pair both(seed);
    for (int step = 0; step < 400; ++step) {
      both.happen();
      if (step % 7 == 0) both.compare_windows();
      if (step == 300) both.end_start_up();
      if (step % 40 == 0 || step > 300) both.tick();
      ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed << ", step " << step;
    }
    for (const auto& [reason, count] : both.reasons) reasons[reason] += count;
  }
  for (const Reason reason : {Reason::caught_up, Reason::keeping_up, Reason::beyond_log_end,
                              Reason::stalled, Reason::rewind}) {
    EXPECT_GT(reasons[reason], 0) << to_string(reason);
  }
}

}  // namespace
}  // namespace tidemark
