// What must be so of every story, tried on many random ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <tuple>
#include <vector>

#include "tests/evaluator/partition.h"

namespace tidemark::test {
namespace {

// A number that differs a little between two runs of the library is no seed: this one is fixed.
class Chance {
 public:
  explicit Chance(std::uint32_t seed) : random_(seed) {}

  std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit));
  }
  bool once_in(std::int64_t times) { return below(times) == 0; }
  template <class T>
  T one_of(std::initializer_list<T> values) {
    return *(values.begin() + below(static_cast<std::int64_t>(values.size())));
  }

 private:
  std::mt19937_64 random_;
};

struct Event {
  double when;
  bool is_commit;
  std::int64_t offset;
};

// Commits and refreshes in order of time, no two at one instant.
std::vector<Event> random_events(Chance& chance, bool may_fall, bool may_be_beyond) {
  std::vector<Event> out;
  std::int64_t end = 50;
  std::int64_t committed = 50;
  double when = 0;
  const auto count = 20 + chance.below(150);
  for (std::int64_t i = 0; i < count; ++i) {
    when += static_cast<double>(chance.one_of({1, 3000, 9000, 10'000, 31'000, 400'000})) / 1000;
    if (chance.once_in(2)) {
      end += chance.one_of({0, 0, 1, 10, 300});
      if (may_fall && chance.once_in(60)) end = chance.below(end + 1);
      out.push_back({when, false, end});
    } else {
      committed += chance.one_of({0, 0, 1, 5, 200, -3});
      const std::int64_t most = may_be_beyond ? end + chance.below(20) : end;
      committed = std::clamp<std::int64_t>(committed, 0, most);
      out.push_back({when, true, committed});
    }
  }
  return out;
}

Policy random_policy(Chance& chance) {
  Policy policy;
  policy.refresh = span(chance.one_of({10, 60, 600}));
  policy.allowed_lag = chance.one_of({0, 0, 3, 50});
  policy.allowed_time_lag = span(chance.one_of({0, 10, 60}));
  policy.max_time_lag = span(chance.one_of({0, 30, 5000}));
  policy.abandoned_after = span(chance.one_of({100, 86400}));
  policy.blocked_after = span(chance.one_of({50, 900}));
  return policy;
}

void take(Partition& partition, const Event& event) {
  if (event.is_commit) {
    partition.commit(event.when, event.offset);
  } else {
    partition.refresh(event.when, event.offset);
  }
}

Surroundings random_surroundings(Chance& chance, const Partition& partition, double now) {
  Surroundings around;
  around.now = at(now);
  if (chance.once_in(2)) around.offsets_seen = at(now - static_cast<double>(chance.below(2000)));
  if (chance.once_in(3)) around.lso = Offset{chance.below(500)};
  if (chance.once_in(3)) around.log_start = Offset{chance.below(100)};
  if (chance.once_in(4)) around.has_members = true;
  if (chance.once_in(4)) around.assigned = false;
  if (!partition.log_ends.empty()) around.end_at_commit = Offset{chance.below(500)};
  return around;
}

auto what_shows(const PartitionVerdict& verdict) {
  return std::tuple(verdict.status, verdict.reason, verdict.stale, verdict.blocked_long,
                    verdict.conditions.words(), verdict.lag, verdict.unread_since);
}

class AnyStory : public testing::TestWithParam<std::uint32_t> {};

TEST_P(AnyStory, ChangesNothingBeforeItIsDue) {
  Chance chance(GetParam());
  Partition partition;
  partition.policy = random_policy(chance);
  for (const Event& event : random_events(chance, true, true)) take(partition, event);
  const double now = 1e5 + static_cast<double>(chance.below(3000));
  Surroundings around = random_surroundings(chance, partition, now);
  around.now = partition.log_ends.empty() ? at(now) : partition.log_ends.newest().at;
  for (int step = 0; step < 12; ++step) {
    const auto judge = [&](Instant when) {
      Surroundings then = around;
      then.now = when;
      return judge_tidemark(partition.history, partition.log_ends, then, partition.policy);
    };
    const PartitionVerdict first = judge(around.now);
    std::optional<Instant> due = first.due;
    if (first.stale_from && *first.stale_from > around.now) {
      due = std::min(due.value_or(*first.stale_from), *first.stale_from);
    }
    const Instant end = due.value_or(around.now + span(1e7));
    ASSERT_GT(end, around.now);
    for (int i = 0; i < 20; ++i) {
      const Instant when = around.now + Duration{chance.below((end - around.now).count())};
      ASSERT_EQ(what_shows(judge(when)), what_shows(first)) << (when - around.now).count();
    }
    ASSERT_EQ(what_shows(judge(end - Duration{1})), what_shows(first));
    if (!due) break;
    around.now = end;
  }
}

TEST_P(AnyStory, IsJudgedTheSameLiveAndReplayed) {
  Chance chance(GetParam());
  Partition live;
  live.policy = random_policy(chance);
  Story story;
  story.policy = live.policy;
  for (const Event& event : random_events(chance, true, true)) {
    take(live, event);
    if (event.is_commit) {
      story.commits.push_back({Offset{event.offset}, at(event.when)});
    } else {
      story.log_ends.push_back({Offset{event.offset}, at(event.when)});
    }
    story.around.now = at(event.when);
    const Replayed replayed = replay(story);
    ASSERT_EQ(what_shows(replayed.verdict), what_shows(live.judge(event.when))) << event.when;
    ASSERT_GE(replayed.verdict.lag.value_or(0), 0);
    ASSERT_GE(replayed.verdict.time_lag(at(event.when)).value_or(Duration{0}), Duration{0});
    ASSERT_LE(replayed.verdict.complete(), 1.0);
  }
}

auto what_stays(const RememberedFour& four) {
  std::vector<std::pair<Duration, Instant>> out;
  for (std::size_t i = 0; i < four.count; ++i) {
    out.emplace_back(four.held.at(i).length, four.held.at(i).from);
  }
  return out;
}

auto what_stays(const Run& run) {
  return std::tuple(run.open, run.held_outage, run.falling_behind, run.any_lateness,
                    run.lateness_in_run, run.worst, run.least, run.newest);
}

// Commits travel through the offsets topic and may be read after refreshes that are younger.
TEST_P(AnyStory, IsTheSameIfCommitsComeLate) {
  Chance chance(GetParam());
  const auto events = random_events(chance, false, false);
  Partition in_time;
  in_time.policy = random_policy(chance);
  for (const Event& event : events) take(in_time, event);

  Partition late;
  late.policy = in_time.policy;
  std::vector<Event> held_back;
  const auto let_go = [&] {
    for (const Event& event : held_back) take(late, event);
    held_back.clear();
  };
  for (const Event& event : events) {
    if (event.is_commit) {
      held_back.push_back(event);
    } else {
      take(late, event);
    }
    if (chance.once_in(3)) let_go();
  }
  let_go();

  const PartitionHistory& a = in_time.history;
  const PartitionHistory& b = late.history;
  EXPECT_EQ(in_time.window(), late.window());
  EXPECT_EQ(what_stays(a.gaps), what_stays(b.gaps));
  EXPECT_EQ(what_stays(a.lateness), what_stays(b.lateness));
  EXPECT_EQ(what_stays(a.run), what_stays(b.run));
  EXPECT_EQ(a.pending.size(), b.pending.size());
  EXPECT_EQ(std::tuple(a.unread_since.source, a.unread_since.at),
            std::tuple(b.unread_since.source, b.unread_since.at));
  EXPECT_EQ(std::tuple(a.waiting_since.source, a.waiting_since.at),
            std::tuple(b.waiting_since.source, b.waiting_since.at));
}

TEST_P(AnyStory, ChangesNothingUnderTheBurrowRulesBeforeItIsDue) {
  Chance chance(GetParam());
  Policy policy;
  policy.expire_group = span(chance.one_of({600, 604'800}));
  BurrowHistory history;
  std::vector<LogEnd> log_ends;
  Surroundings around;
  for (const Event& event : random_events(chance, true, true)) {
    around.now = at(event.when);
    if (event.is_commit) {
      apply_commit(history, {Offset{event.offset}, at(event.when), chance.below(3)}, policy);
    } else {
      log_ends.push_back({Offset{event.offset}, at(event.when)});
    }
  }
  for (int step = 0; step < 4; ++step) {
    const PartitionVerdict first = judge_burrow(history, log_ends, around, policy);
    const Instant end = first.due.value_or(around.now + span(1e7));
    for (int i = 0; i < 20; ++i) {
      Surroundings then = around;
      then.now += Duration{chance.below((end - around.now).count())};
      ASSERT_EQ(judge_burrow(history, log_ends, then, policy).status, first.status);
    }
    around.now = end;
  }
}

INSTANTIATE_TEST_SUITE_P(Random, AnyStory, testing::Range(0U, 400U));

}  // namespace
}  // namespace tidemark::test
