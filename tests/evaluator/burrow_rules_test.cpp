// The burrow rules as rows, each with its neighbour across the threshold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/evaluator/tale.h"

namespace tidemark::test {
namespace {

using enum PartitionStatus;

// Offsets a minute apart from 0 s on; the log end is `end` at every refresh from −10 s on.
void commits(Tale& t, std::initializer_list<std::int64_t> offsets, std::int64_t end) {
  t.policy.rules = RuleSet::burrow;
  double when = 0;
  for (const std::int64_t offset : offsets) {
    t.commit(when, offset);
    when += minute;
  }
  t.log_end(-10, [end](double) { return end; });
}

// Five commits in four minutes that get nearer to a log end that moves on.
void dying(Tale& t) { commits(t, {10, 20, 30, 40, 50}, 100); }

const Row rules[] = {
    {"none",
     "no commit at all",
     [](Tale& t) { commits(t, {}, 100); },
     10,
     {ok, Reason::burrow_ok, none, none}},
    {"lag",
     "nothing waits",
     [](Tale& t) {
       commits(t, {10, 10, 10}, 10);
     },
     10 * minute,
     {ok, Reason::burrow_ok, 0, none}},
    {"lag",
     "no more waits than is allowed",
     [](Tale& t) {
       commits(t, {10, 10, 10}, 15);
       t.policy.allowed_lag = 5;
     },
     10 * minute,
     {ok, Reason::burrow_ok, 5, none}},
    {"lag",
     "one record more",
     [](Tale& t) {
       commits(t, {10, 10, 10}, 16);
       t.policy.allowed_lag = 5;
     },
     10 * minute,
     {stopped, Reason::burrow_stop, 6, none}},
    {"lag",
     "no log end was seen: lag is not known",
     [](Tale& t) {
       t.policy.rules = RuleSet::burrow;
       t.commit(0, 10);
     },
     minute,
     {ok, Reason::burrow_ok, none, none}},
    {"lag",
     "the log start is behind, but counts for nothing here",
     [](Tale& t) {
       commits(t, {10, 10}, 50);
       t.log_start = 50;
     },
     61,
     {stalled, Reason::burrow_stall, 40, none}},

    {"1", "no commit for as long as the window", dying, 480, {ok, Reason::burrow_ok, 50, none}},
    {"1",
     "no commit for longer than the window",
     dying,
     480 + ms,
     {stopped, Reason::burrow_stop, 50, none}},
    {"1",
     "the log end stood at the committed offset ten refreshes ago",
     [](Tale& t) {
       t.policy.rules = RuleSet::burrow;
       t.commit(0, 10).one_log_end(400, 10).log_end(410, Line{{0, 12}});
     },
     490,
     {stalled, Reason::burrow_stall, 2, none}},
    {"1",
     "... and that refresh is no longer stored",
     [](Tale& t) {
       t.policy.rules = RuleSet::burrow;
       t.commit(0, 10).one_log_end(400, 10).log_end(410, Line{{0, 12}});
     },
     500,
     {stopped, Reason::burrow_stop, 2, none}},

    {"2",
     "a decrease that is not made good",
     [](Tale& t) {
       commits(t, {10, 30, 20, 29}, 100);
     },
     190,
     {rewind, Reason::burrow_rewind, 71, none}},
    {"2",
     "a decrease that is made good",
     [](Tale& t) {
       commits(t, {10, 30, 20, 30}, 100);
     },
     190,
     {ok, Reason::burrow_ok, 70, none}},
    {"2",
     "the first is made good, a later one is not and does not count",
     [](Tale& t) {
       commits(t, {10, 30, 20, 35, 5}, 100);
     },
     250,
     {ok, Reason::burrow_ok, 95, none}},

    {"3",
     "one sample once had no lag",
     [](Tale& t) {
       commits(t, {20, 20, 20}, 20);
       t.log_end(130, Line{{0, 50}});
     },
     131,
     {ok, Reason::burrow_ok, 30, none}},
    {"4",
     "one offset all the time, with lag",
     [](Tale& t) {
       commits(t, {20, 20, 20}, 21);
     },
     130,
     {stalled, Reason::burrow_stall, 1, none}},
    {"4",
     "one sample suffices",
     [](Tale& t) { commits(t, {20}, 21); },
     0,
     {stalled, Reason::burrow_stall, 1, none}},
    {"5",
     "lag never decreases",
     [](Tale& t) {
       t.policy.rules = RuleSet::burrow;
       t.log_end(-10, Line{{0, 20}, {120, 60}}).commit(0, 10).commit(60, 20).commit(120, 30);
     },
     121,
     {warn, Reason::burrow_warn, 30, none}},
    {"6",
     "lag decreased once",
     [](Tale& t) {
       commits(t, {10, 20, 20}, 60);
     },
     121,
     {ok, Reason::burrow_ok, 40, none}},

    {"complete",
     "too few samples",
     [](Tale& t) {
       commits(t, {20, 20, 20}, 21);
       t.policy.minimum_complete = 0.4;
     },
     130,
     {ok, Reason::burrow_ok, 1, none}},
    {"complete",
     "just enough samples",
     [](Tale& t) {
       commits(t, {20, 20, 20}, 21);
       t.policy.minimum_complete = 0.3;
     },
     130,
     {stalled, Reason::burrow_stall, 1, none}},
    {"expire_group",
     "the newest commit is 7 days old",
     [](Tale& t) { commits(t, {20}, 20); },
     7 * 24 * hour,
     {ok, Reason::burrow_ok, 0, none}},
    {"expire_group",
     "the newest commit is older than 7 days",
     [](Tale& t) { commits(t, {20}, 20); },
     7 * 24 * hour + ms,
     {not_found, Reason::burrow_not_found, 0, none}},
    {"min_distance",
     "a commit that comes too soon replaces offset and lag, not the time",
     [](Tale& t) {
       commits(t, {20}, 60);
       t.policy.min_distance = span(30);
       t.commit(30 - ms, 25).commit(59, 25);
     },
     60,
     {stalled, Reason::burrow_stall, 35, none}},
    {"min_distance",
     "a commit that comes just late enough is a sample of its own",
     [](Tale& t) {
       commits(t, {20}, 60);
       t.policy.min_distance = span(30);
       t.commit(30, 25).commit(60, 25);
     },
     60,
     {ok, Reason::burrow_ok, 35, none}},
    {"fall",
     "nothing is forgotten when the log end falls",
     [](Tale& t) {
       t.policy.rules = RuleSet::burrow;
       t.log_end(0, 200, Line{{0, 600}}).commits(0, 180, 60, Line{{0, 200}, {600, 260}});
       t.one_log_end(210, 100).commit(211, 50);
     },
     212,
     {rewind, Reason::burrow_rewind, 50, none}},
};

class BurrowRules : public testing::TestWithParam<Row> {};

TEST_P(BurrowRules, Hold) { expect_row(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Table, BurrowRules, testing::ValuesIn(rules),
                         [](const auto& each) { return test_name(each.param.id, each.index); });

TEST(BurrowWindow, AnUnknownLagIsNeitherRiseNorFall) {
  Story story;
  story.policy.rules = RuleSet::burrow;
  story.around.now = at(200);
  story.log_ends = {{Offset{100}, at(190)}};
  story.commits = {{Offset{10}, at(0), true, 50},
                   {Offset{20}, at(60), true, std::nullopt},
                   {Offset{30}, at(120), true, 50}};
  EXPECT_EQ(replay(story).verdict.reason, Reason::burrow_warn);
  story.commits.back().lag = 49;
  EXPECT_EQ(replay(story).verdict.reason, Reason::burrow_ok);
}

TEST(BurrowWindow, TheLagOfASampleIsThatOfTheLogEndAtOrBeforeIt) {
  Story story;
  story.policy.rules = RuleSet::burrow;
  story.around.now = at(61);
  story.commits = {{Offset{10}, at(0)}, {Offset{11}, at(60)}};
  story.log_ends = {{Offset{10}, at(1)}, {Offset{40}, at(60)}};
  EXPECT_EQ(replay(story).verdict.reason, Reason::burrow_warn);
  story.log_ends.front().at = at(0);
  EXPECT_EQ(replay(story).verdict.reason, Reason::burrow_ok);
}

TEST(BurrowRules, TraceSaysOfEachRuleWhetherItHeld) {
  Tale tale;
  dying(tale);
  const Trace trace = tale.judged_at(481).trace;
  ASSERT_EQ(trace.size(), 8U);
  EXPECT_EQ(trace[2].name, "stop");
  EXPECT_TRUE(trace[2].held);
  EXPECT_EQ(trace[2].numbers, "last sample 241 s ago, window 240 s long");
  EXPECT_FALSE(trace[3].held);
}

}  // namespace
}  // namespace tidemark::test
