// What goes with a verdict: its sentence, its trace, its conditions.
#include "evaluator/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/evaluator/tale.h"

namespace tidemark::test {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

const Line one_a_second{{0, 0}, {400 * hour, 400 * hour}};

struct Sentence {
  std::string reason;
  std::function<void(Tale&)> tell;
  double judged_at;
  std::string sentence;
};

void read_at_start(Tale& t) { t.log_end(0, one_a_second).commit(0, 0); }

const Sentence sentences[] = {
    {"no_data", [](Tale& t) { t.log_end(0, one_a_second); }, 10, "no commit was seen"},
    {"monitor_stale", [](Tale& t) { t.commit(0, 0); }, 10,
     "no log end of this partition was seen yet"},
    {"monitor_stale", [](Tale& t) { t.commit(0, 0).one_log_end(0, 5); }, 45,
     "the log end was last seen 45 s ago, limit 30 s: the status from before stands"},
    {"monitor_stale",
     [](Tale& t) {
       read_at_start(t);
       t.offsets_seen = 10;
     },
     100,
     "the group's partition of the offsets topic was last read to its end 90 s ago, limit 30 s: "
     "the "
     "status from before stands"},
    {"beyond_log_end",
     [](Tale& t) {
       t.commit(0, 1000).log_end(20, Line{{0, 7}});
     },
     20,
     "committed offset 1,000 is beyond the log end 7: the topic was re-created or truncated, and "
     "the "
     "group has not committed since"},
    {"data_loss",
     [](Tale& t) {
       t.commit(0, 0).log_end(0, Line{{0, 1310}});
       t.log_start = 1310;
     },
     10, "retention deleted 1,310 records before the group read them"},
    {"caught_up",
     [](Tale& t) {
       t.commit(0, 5).log_end(0, Line{{0, 5}});
     },
     10, "nothing waits; last commit 10 s ago"},
    {"caught_up",
     [](Tale& t) {
       read_at_start(t);
       t.policy.allowed_lag = 10;
     },
     10,
     "10 records wait, the oldest for 10 s, no more than the policy allows; last commit 10 s ago"},
    {"topic_left",
     [](Tale& t) {
       read_at_start(t);
       t.members = true;
       t.assigned = false;
     },
     900, "no live member is assigned this partition or subscribed to its topic; 900 records wait"},
    {"blocked_by_transaction",
     [](Tale& t) {
       read_at_start(t);
       t.lso = 0;
     },
     340,
     "an open transaction hides the 340 records that wait, for 340 s; the last stable offset has "
     "stood at 0"},
    {"abandoned", read_at_start, 25 * hour,
     "no commit for 25 h while 90,000 records wait; patience 600 s; abandoned"},
    {"stopped", read_at_start, 1310,
     "no commit for 21 min while 1,310 records wait; patience 600 s"},
    {"stopped",
     [](Tale& t) {
       t.commit(0, 9).log_end(0, Line{{0, 9}, {7200, 9}, {7210, 10}});
     },
     7900, "no commit for 2 h 11 min while 1 record waits, for 11 min; patience 600 s"},
    {"rewind",
     [](Tale& t) { t.log_end(0, one_a_second).commit(0, 0).commit(30, 30).commit(60, 2); }, 100,
     "40 s ago the committed offset went back from 30 to 2 and has not recovered; 98 records wait"},
    {"stalled",
     [](Tale& t) { t.log_end(0, one_a_second).commits(0, 700, 5, [](double) { return 0; }); }, 700,
     "commits repeat offset 0 for 11 min while 700 records wait; patience 600 s"},
    {"falling_behind",
     [](Tale& t) {
       t.log_end(0, one_a_second).commits(0, 900, 60, [](double s) { return std::int64_t(s / 2); });
     },
     900,
     "falling behind: 480 s late at its newest move, 480 s at worst in this run, usual is 60 s; "
     "450 "
     "records wait"},
    {"keeping_up", [](Tale& t) { t.log_end(0, one_a_second).commits(0, 60, 20, one_a_second); }, 70,
     "10 records wait, the oldest for 10 s; last commit 10 s ago"},
    {"warming_up", read_at_start, 10,
     "10 records wait, the oldest for 10 s; its usual lateness is not known yet; last commit 10 s "
     "ago"},
};

void PrintTo(const Sentence& sentence, std::ostream* out) { *out << sentence.sentence; }

class Sentences : public testing::TestWithParam<Sentence> {};

TEST_P(Sentences, SayWhatIsSoWithItsNumbers) {
  Tale tale;
  GetParam().tell(tale);
  const Replayed got = tale.judged_at(GetParam().judged_at);
  EXPECT_EQ(to_string(got.verdict.reason), GetParam().reason);
  EXPECT_EQ(got.explanation, GetParam().sentence);
}

INSTANTIATE_TEST_SUITE_P(OfEachReason, Sentences, testing::ValuesIn(sentences),
                         [](const auto& each) { return test_name(each.param.reason, each.index); });

TEST(Sentences, SayWhetherAnAccusationCouldNotBeProbed) {
  Tale tale;
  read_at_start(tale);
  Story story = tale.until(1310);
  story.around.unprobed = true;
  const Replayed got = replay(story);
  EXPECT_TRUE(got.verdict.unprobed);
  EXPECT_THAT(got.explanation, HasSubstr("; unprobed: what waits may be control records only"));
  story.around.now = at(100);
  story.log_ends.resize(11);
  EXPECT_FALSE(replay(story).verdict.unprobed);
}

TEST(Sentences, SayThatStartUpGoesOn) {
  Tale tale;
  read_at_start(tale);
  Story story = tale.until(1310);
  story.around.starting = true;
  const Replayed got = replay(story);
  EXPECT_EQ(got.verdict.reason, Reason::monitor_stale);
  EXPECT_TRUE(got.verdict.stale);
  EXPECT_EQ(got.explanation, "Tidemark is still reading what happened before its start");
}

// --- the trace -----------------------------------------------------------------------------------

TEST(Trace, TellsEveryRuleInOrderWithItsNumbers) {
  Tale tale;
  read_at_start(tale);
  const Trace trace = tale.judged_at(700).trace;
  std::vector<std::string> told;
  for (const TracedRule& rule : trace) {
    told.push_back(std::to_string(rule.number) + " " + std::string(rule.name) +
                   (rule.held ? " held: " : ": ") + rule.numbers);
  }
  EXPECT_THAT(
      told,
      ElementsAre(
          "1 no_data: a commit was seen",
          "2 monitor_stale: log end seen 0 s ago, offsets topic read until 0 s ago, limit 30 s",
          "3 beyond_log_end: committed offset 0, log end now 700",
          "4 data_loss: lost 0, live lag 700", "5 caught_up: live lag 700 > allowed_lag 0",
          "6 topic_left: live members: unknown, assigned or subscribed: unknown",
          "7 blocked_by_transaction: position 0, last stable offset at the log end",
          "8 abandoned: waiting without a commit for 11 min ≤ 24 h 10 min",
          "9 stopped held: waiting without a commit for 11 min > 600 s",
          "10 rewind: no step back that is not recovered",
          "11 stalled: commits repeat over waiting records for 0 s ≤ 600 s",
          "12 falling_behind: no move of known lateness",
          "13 warming_up held: no move of known lateness",
          "13 catching_up: no move of known lateness",
          "13 keeping_up held: no move of known lateness"));
}

TEST(Trace, CanBeToldWithoutAnyEvidence) {
  Tale nothing;
  const Replayed got = nothing.judged_at(0);
  EXPECT_EQ(got.trace.size(), 15U);
  EXPECT_THAT(got.trace, Each(Field(&TracedRule::numbers, testing::Not(testing::IsEmpty()))));
}

// --- conditions ----------------------------------------------------------------------------------

TEST(Conditions, OverMaxTimeLagIsMoreThanThePromise) {
  Tale tale;
  read_at_start(tale);
  tale.policy.max_time_lag = span(60);
  EXPECT_THAT(tale.judged_at(60).verdict.conditions.words(), ElementsAre());
  EXPECT_THAT(tale.judged_at(70).verdict.conditions.words(), ElementsAre("over_max_time_lag"));
}

TEST(Conditions, DataLossStandsBesideAnyVerdict) {
  Tale tale;
  read_at_start(tale);
  tale.log_start = 1;
  EXPECT_THAT(tale.judged_at(60).verdict.conditions.words(), ElementsAre("data_loss"));
  EXPECT_EQ(tale.judged_at(60).verdict.lost, 1);
  EXPECT_EQ(tale.judged_at(60).verdict.lag, 59);
  tale.log_start = 0;
  EXPECT_THAT(tale.judged_at(60).verdict.conditions.words(), ElementsAre());
}

TEST(BlockedByTransaction, IsLongFromBlockedAfterOn) {
  Tale tale;
  read_at_start(tale);
  tale.lso = 0;
  EXPECT_FALSE(tale.judged_at(900 - ms).verdict.blocked_long);
  EXPECT_TRUE(tale.judged_at(900).verdict.blocked_long);
}

TEST(Words, OfStatusesAreReadInAnyLetterCaseForGroups) {
  EXPECT_EQ(group_status_from("Warning"), GroupStatus::warning);
  EXPECT_EQ(group_status_from("warn"), std::nullopt);
  EXPECT_EQ(partition_status_from("STOPPED"), PartitionStatus::stopped);
  EXPECT_EQ(partition_status_from("stopped"), std::nullopt);
}

}  // namespace
}  // namespace tidemark::test
