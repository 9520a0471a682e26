// A cluster that is written down and taken up by another process in the middle of its life tells
// the same as one that lives on: verdicts, since when, lag, windows, and what is news.
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/pipeline/random_life.h"

namespace tidemark::test {
namespace {

using Parts = std::vector<Saving::Part>;

Parts write_down(ClusterState& state, Instant now) {
  Parts out;
  state.saving().begin(now, Duration{0});
  while (auto part = state.saving().next()) out.push_back(std::move(*part));
  return out;
}

// As they are to be taken: the head, what groups need, the groups.
bool take_up(ClusterState& state, const Parts& parts, Restored::What what) {
  Restoring& to = state.restoring();
  if (parts.empty() || !to.take_head(parts.front().bytes, what)) return false;
  bool ok = true;
  for (const bool groups : {false, true}) {
    for (const Saving::Part& part : parts) {
      if (part.kind == SnapshotPart::head || (part.kind == SnapshotPart::groups) != groups)
        continue;
      ok = ok && to.take(part.kind, part.bytes);
    }
  }
  return ok;
}

std::string told_window(const PartitionWindow& of) {
  std::string out = of.topic.get() + number(of.partition.get()) + number(of.patience.count());
  out += of.position ? number(of.position->get()) : " none";
  out += instant(of.standing_since) + instant(of.unread_since.at) + instant(of.waiting_since.at);
  for (const WindowSample& sample : of.samples) {
    out += number(sample.offset.get()) + instant(sample.at) + number(sample.lag) + ",";
  }
  return out + "\n";
}

// Two clusters of one life, of which one is restarted.
class Twins {
 public:
  explicit Twins(std::uint32_t seed) : random_(seed), life_(random_life(random_)) {}

  void live_through() {
    for (std::size_t second = 0; second < life_.size(); ++second) {
      const bool restart = second > 30 && random_.one_in(25);
      restart ? live_with_a_restart(life_[second])
              : compare(*lives_on.live(life_[second]), *restarted.live(life_[second]));
      if (testing::Test::HasFatalFailure()) return;
    }
  }

  int restarts = 0;
  std::map<Reason, int> reasons;

 private:
  // It is written down, then come more commits, then it is ended: the new one reads these again.
  void live_with_a_restart(const std::vector<Happening>& happenings) {
    ++restarts;
    lives_on.begin_second();
    restarted.begin_second();
    const auto is_read = [](const Happening& each) {
      return std::holds_alternative<Commit>(each) || std::holds_alternative<Members>(each);
    };
    std::vector<Happening> read;
    std::vector<Happening> seen;
    for (const Happening& each : happenings) (is_read(each) ? read : seen).push_back(each);
    for (const Happening& each : seen) happen(each);
    const Parts parts = write_down(restarted.state(), restarted.now());
    ASSERT_FALSE(parts.empty());
    for (const Happening& each : read) lives_on.happen(each);
    restarted.forget_all();
    ASSERT_TRUE(take_up(restarted.state(), parts, Restored::What::all));
    restarted.list_topics();
    restarted.start_up(position_ + 1);
    static_cast<void>(restarted.state().tick(restarted.now()));
    lives_on.read_to(position_ + 1);
    for (const Happening& each : read) restarted.happen(each);
    restarted.read_to(++position_);
    lives_on.poll_offsets();
    restarted.poll_offsets();
    last_event_ = 0;
    compare(*lives_on.end_second(), *restarted.end_second());
  }

  void happen(const Happening& each) {
    lives_on.happen(each);
    restarted.happen(each);
  }

  void compare(const ClusterReport& one, const ClusterReport& other) {
    ASSERT_EQ(one.groups.size(), other.groups.size());
    for (std::size_t i = 0; i < one.groups.size(); ++i) {
      ASSERT_EQ(told(*one.groups[i], false), told(*other.groups[i], false));
      for (const TopicOfGroup& topic : one.groups[i]->topics) {
        for (const PartitionReport& each : topic.partitions) reasons[each.reason] += 1;
      }
      compare_windows(one.groups[i]->name.get());
    }
    ASSERT_EQ(news_of(one, since_), news_of(other, last_event_));
  }

  void compare_windows(const std::string& group) {
    const auto one = lives_on.state().detail(group, false, lives_on.now());
    const auto other = restarted.state().detail(group, false, lives_on.now());
    ASSERT_EQ(one.value().windows.size(), other.value().windows.size());
    for (std::size_t i = 0; i < one.value().windows.size(); ++i) {
      ASSERT_EQ(told_window(one.value().windows[i]), told_window(other.value().windows[i]))
          << group;
    }
  }

  // Of groups, since the last time.
  static std::string news_of(const ClusterReport& report, std::uint64_t& since) {
    std::string out;
    for (const auto& event : report.events) {
      if (event->sequence <= since) continue;
      since = event->sequence;
      if (event->group.empty()) continue;
      out += std::string(to_string(event->kind)) + " " + event->group + " " + event->subject +
             ": " + event->from + " " + event->to + " " + event->reason + ": " + event->sentence +
             "\n";
    }
    return out;
  }

  Random random_;
  Life life_;
  std::int64_t position_ = 0;
  std::uint64_t since_ = 0;
  std::uint64_t last_event_ = 0;

 public:
  Watched lives_on{false};
  Watched restarted{false};
};

TEST(Snapshots, taken_up_in_the_middle_of_a_life_change_nothing_of_it) {
  std::map<Reason, int> reasons;
  int restarts = 0;
  for (std::uint32_t seed = 0; seed < 25; ++seed) {
    Twins twins(seed);
    twins.live_through();
    ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed;
    restarts += twins.restarts;
    for (const auto& [reason, count] : twins.reasons) reasons[reason] += count;
  }
  EXPECT_GT(restarts, 100);
  for (const Reason reason :
       {Reason::caught_up, Reason::stopped, Reason::stalled, Reason::rewind, Reason::data_loss,
        Reason::blocked_by_transaction, Reason::falling_behind, Reason::beyond_log_end}) {
    EXPECT_GT(reasons[reason], 0) << to_string(reason);
  }
}

// One life up to its end, written down.
class Ended : public testing::Test {
 protected:
  Ended() {
    Random random(4);
    for (const auto& second : random_life(random)) last = before.live(second);
    parts = write_down(before.state(), before.now());
  }

  // In a new process.
  std::shared_ptr<const ClusterReport> take_up_all(Restored::What what = Restored::What::all) {
    after.begin_second();
    EXPECT_TRUE(take_up(after.state(), parts, what));
    return after.state().tick(before.now());
  }
  static std::map<std::string, GroupStatus> statuses(const ClusterReport& report) {
    std::map<std::string, GroupStatus> out;
    for (const auto& group : report.groups) out[group->name.get()] = group->status;
    return out;
  }
  // The first partition that has shown what is usual there.
  const PartitionWindow* find_usual(const GroupDetail& detail) {
    for (const PartitionWindow& each : detail.windows) {
      if (each.patience > seconds{20}) return &each;
    }
    return nullptr;
  }
  Duration patience_of(int group, const PartitionWindow& like) {
    const auto seen = after.state().detail(group_name(group), false, before.now());
    for (const PartitionWindow& each : seen.value().windows) {
      if (each.topic == like.topic && each.partition == like.partition) return each.patience;
    }
    return Duration{0};
  }
  void is_cluster(const std::string& id, std::int32_t offsets = offsets_partitions) {
    TopicsSeen seen;
    seen.cluster_id = id;
    seen.brokers = 3;
    seen.offsets_topic_partitions = offsets;
    for (int t = 0; t < topics; ++t) seen.topics.push_back({TopicName{topic_name(t)}, partitions});
    after.state().apply(std::move(seen));
  }

  Watched before{false};
  Watched after{false, Watched::Begins::unknown};
  std::shared_ptr<const ClusterReport> last;
  Parts parts;
};

TEST_F(Ended, its_groups_are_shown_at_once_as_they_were_and_stale) {
  const auto seen = take_up_all();
  EXPECT_EQ(statuses(*seen), statuses(*last));
  for (std::size_t i = 0; i < seen->groups.size(); ++i) {
    EXPECT_EQ(seen->groups[i]->status_since, last->groups[i]->status_since);
    EXPECT_TRUE(seen->groups[i]->stale);
  }
  EXPECT_FALSE(seen->health.caught_up);
  EXPECT_EQ(seen->cluster_id, "cluster-1");
}

TEST_F(Ended, of_another_cluster_nothing_is_left) {
  take_up_all();
  is_cluster("cluster-2");
  const auto seen = after.state().tick(before.now());
  EXPECT_EQ(seen->groups.size(), 0U);
  EXPECT_EQ(seen->cluster_id, "cluster-2");
  EXPECT_EQ(after.state().group_partitions(), 0U);
  EXPECT_TRUE(seen->events.empty());
  for (const auto& topic : seen->topics) {
    for (const auto& partition : topic->partitions) EXPECT_FALSE(partition.end.has_value());
  }
}

TEST_F(Ended, with_another_size_of_the_offsets_topic_nothing_is_left) {
  take_up_all();
  is_cluster("cluster-1", 8);
  EXPECT_EQ(after.state().tick(before.now())->groups.size(), 0U);
}

TEST_F(Ended, what_is_read_from_its_beginning_is_dropped_before) {
  take_up_all();
  is_cluster("cluster-1");
  after.start_up(7);
  OffsetsBatch batch;
  for (std::int32_t p = 0; p < offsets_partitions; ++p) batch.begun_anew.push_back(p);
  after.state().apply(std::move(batch));
  EXPECT_EQ(after.state().tick(before.now())->groups.size(), 0U);
  after.read_to(7);
  const auto seen = after.state().tick(before.now());
  EXPECT_TRUE(seen->health.caught_up);
  EXPECT_TRUE(seen->events.empty());
}

TEST_F(Ended, too_long_ago_leaves_what_is_usual_for_those_who_still_commit) {
  int group = 0;
  GroupDetail detail;
  const PartitionWindow* usual = nullptr;
  for (; usual == nullptr && group < groups; ++group) {
    detail = before.state().detail(group_name(group), false, before.now()).value();
    usual = find_usual(detail);
  }
  ASSERT_NE(usual, nullptr);
  --group;
  take_up_all(Restored::What::remembered);
  is_cluster("cluster-1");
  after.start_up(1);
  after.happen(Commit{group, usual->topic.get() == topic_name(1) ? 1 : 0, usual->partition.get(),
                      500, false});
  EXPECT_EQ(patience_of(group, *usual), usual->patience);
  after.read_to(1);
  after.poll_offsets();
  const auto seen = after.state().tick(before.now());
  EXPECT_EQ(statuses(*seen).size(), 1U) << "the others did not commit again";
  EXPECT_EQ(after.state().group_partitions(), 1U);
  EXPECT_EQ(patience_of(group, *usual), usual->patience);
  for (const auto& event : seen->events) EXPECT_EQ(event->group, "") << event->sentence;
}

TEST_F(Ended, with_damaged_parts_it_is_refused_or_taken_but_never_trips) {
  Random random(9);
  int refused = 0;
  for (int i = 0; i < 300; ++i) {
    Parts damaged = parts;
    std::string& bytes =
        damaged[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(damaged.size())))]
            .bytes;
    if (bytes.empty()) continue;
    bytes[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(bytes.size())))] ^=
        static_cast<char>(1 + random.below(255));
    after.forget_all();
    if (!take_up(after.state(), damaged, Restored::What::all)) {
      ++refused;
      after.state().forget_restored();
      EXPECT_EQ(after.state().tick(before.now())->groups.size(), 0U);
      continue;
    }
    static_cast<void>(after.state().tick(before.now()));
  }
  EXPECT_GT(refused, 20);
}

TEST_F(Ended, a_log_end_that_falls_in_the_middle_of_writing_ends_it) {
  Saving& saving = before.state().saving();
  saving.begin(before.now(), Duration{0});
  ASSERT_TRUE(saving.next());
  ASSERT_TRUE(saving.next());
  before.happen(Ends{0, {{PartitionId{0}, Offset{1}, Offset{0}, Offset{1}, 1}}});
  EXPECT_FALSE(saving.next());
  EXPECT_FALSE(saving.under_way());
  EXPECT_FALSE(write_down(before.state(), before.now()).empty());
}

}  // namespace
}  // namespace tidemark::test
