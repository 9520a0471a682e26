// More edges that must hold: how usual lateness and patience grow with what a group does. Where a
// row says that nothing is wrong, the row after it goes one step across the threshold.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/evaluator/tale.h"

namespace tidemark::test {
namespace {

using enum PartitionStatus;

const Line one_a_second{{0, 0}, {48 * hour, 172'800}};

// A record every ten minutes, and each takes ten minutes; auto-commit repeats the offset meanwhile.
std::int64_t record_each_ten_minutes(double s) { return static_cast<std::int64_t>(s / 600); }
void slow_records(Tale& t, double until) {
  t.log_end(0, [](double s) { return 1 + record_each_ten_minutes(s); });
  t.commits(1, until, 5, record_each_ten_minutes);
}

// One record, at 590 s, that is never done.
void stuck_record(Tale& t, double until) {
  t.log_end(0, Line{{0, 0}, {590, 0}, {600, 1}}).commits(0, until, 5, [](double) { return 0; });
}

// Commits a minute, two hours of silence, a minute's work that reads all, then silence again.
void outage_and_repair(Tale& t) {
  t.log_end(0, one_a_second);
  t.commits(0, hour, minute, one_a_second);
  t.commits(3 * hour, 3 * hour + 600, minute, one_a_second);
}

void deploys(Tale& t) {
  t.log_end(0, one_a_second).commits(0, 3600, 30, one_a_second);
  t.members = false;
}

// A commit every 10 s reads all, but from `from` on the group falls up to `behind` seconds behind,
// reading half of what arrives, and then catches up at ten times the speed.
std::int64_t burst(double s, double from, double behind) {
  const double worst_at = from + 2 * behind;
  if (s <= from) return one_a_second(s);
  if (s <= worst_at) return one_a_second(from + (s - from) / 2);
  return std::min(one_a_second(s), one_a_second(from + behind + 10 * (s - worst_at)));
}

// Three bursts that end with a move 310 s late, an hour apart; from 4 h on it gets later and later:
// 15 min 30 s are three times the usual.
void often_five_minutes_behind(Tale& t, double until) {
  t.log_end(0, one_a_second);
  t.commits(0, until, 10, [](double s) {
    const int number = std::min(static_cast<int>(s / hour), 4);
    return burst(s, number * hour, number == 4 ? 1e6 : number == 0 ? 0 : 300);
  });
}

void three_percent_too_slow(Tale& t, double share) {
  t.log_end(0, one_a_second).commits(0, 600, 5, one_a_second);
  t.commits(605, 2 * hour + 600, 5,
            [=](double s) { return std::llround(600 + share * (s - 600)); });
}

// An hour's backlog, read faster than records arrive, with slower minutes between.
void catches_up_by_turns(Tale& t) {
  t.log_end(0, one_a_second).commits(0, 600, 10, one_a_second);
  t.commits(600 + hour, 600 + 4 * hour, 10, [](double s) {
    const double working = s - 600 - hour;
    const double turns = working / 600;
    const double fast =
        std::floor(turns) * 300 + std::min(working - std::floor(turns) * 600, 300.0);
    return std::min<std::int64_t>(one_a_second(s),
                                  std::llround(600 + fast * 3 + (working - fast) * 0.5));
  });
}

const Row edges[] = {
    {"S1",
     "a record takes 10 min, auto-commit repeats the offset every 5 s",
     [](Tale& t) { slow_records(t, 3596); },
     3599,
     {ok, Reason::keeping_up, 1, 609}},
    {"S1",
     "a record takes as long as patience_unknown",
     [](Tale& t) { stuck_record(t, 1190); },
     1195,
     {ok, Reason::warming_up, 1, 605}},
    {"S1",
     "a record takes longer than patience_unknown",
     [](Tale& t) { stuck_record(t, 1195); },
     1195,
     {stalled, Reason::stalled, 1, 605}},

    {"S2",
     "an outage of 2 h, repaired; killed again for 5 min",
     outage_and_repair,
     3 * hour + 900,
     {ok, Reason::keeping_up, 300, 300}},
    {"S2",
     "an outage of 2 h, repaired; killed again: one outage is no habit",
     outage_and_repair,
     3 * hour + 900 + ms,
     {stopped, Reason::stopped, 300, 300 + ms}},

    {"S3",
     "a single-instance deploy, Empty for 4 min",
     deploys,
     3840,
     {ok, Reason::keeping_up, 240, 240}},
    {"S3",
     "Empty for longer than the patience",
     deploys,
     3900 + ms,
     {stopped, Reason::stopped, 300, 300 + ms}},

    {"S4",
     "bursts often put it 5 min behind; now 6 min",
     [](Tale& t) { often_five_minutes_behind(t, 4 * hour + 720); },
     4 * hour + 720,
     {ok, Reason::keeping_up, 360, 360}},
    {"S4",
     "bursts often put it 5 min behind; now nearly three times as far",
     [](Tale& t) { often_five_minutes_behind(t, 4 * hour + 1840); },
     4 * hour + 1840,
     {ok, Reason::keeping_up, 920, 920}},
    {"S4",
     "bursts often put it 5 min behind; now three times as far",
     [](Tale& t) { often_five_minutes_behind(t, 4 * hour + 1850); },
     4 * hour + 1850,
     {ok, Reason::falling_behind, 925, 925}},

    {"S5",
     "3 % too slow for two hours, commits every 5 s",
     [](Tale& t) { three_percent_too_slow(t, 0.97); },
     2 * hour + 600,
     {ok, Reason::falling_behind, 216, 216}},
    {"S5",
     "1 % too slow for two hours",
     [](Tale& t) { three_percent_too_slow(t, 0.99); },
     2 * hour + 600,
     {ok, Reason::keeping_up, 72, 72}},

    {"S7",
     "a dead group's whole backlog is deleted by retention",
     [](Tale& t) {
       t.log_end(0, Line{{0, 100}, {60, 100}, {70, 160}}).commit(0, 100);
       t.log_start = 160;
     },
     90 * hour,
     {ok, Reason::data_loss, 0, 0, false, {"data_loss"}}},
    {"S7",
     "one record of the backlog is left",
     [](Tale& t) {
       t.log_end(0, Line{{0, 100}, {60, 100}, {70, 160}}).commit(0, 100);
       t.log_start = 159;
     },
     90 * hour,
     {stopped, Reason::abandoned, 1, 90 * hour - 60, false, {"data_loss"}}},
    {"S7",
     "the backlog was deleted, but the group has committed since",
     [](Tale& t) {
       t.log_end(0, Line{{0, 100}, {60, 100}, {70, 160}}).commit(0, 100).commit(7000, 160);
       t.log_start = 160;
     },
     2 * hour,
     {ok, Reason::caught_up, 0, 0}},

    {"S8",
     "a commit marker at the position, a record an hour later: waiting since the record",
     [](Tale& t) {
       t.log_end(0, Line{{0, 10}, {60, 10}, {70, 11}, {3660, 11}, {3670, 12}}).commit(0, 10);
       t.probe_found_record(11, 3665);
     },
     4260,
     {ok, Reason::warming_up, 1, 600}},
    {"S8",
     "a commit marker, a record an hour later, which waits beyond the patience",
     [](Tale& t) {
       t.log_end(0, Line{{0, 10}, {60, 10}, {70, 11}, {3660, 11}, {3670, 12}}).commit(0, 10);
       t.probe_found_record(11, 3665);
     },
     4260 + ms,
     {stopped, Reason::stopped, 1, 600 + ms}},
};

class SEdges : public testing::TestWithParam<Row> {};

TEST_P(SEdges, Hold) { expect_row(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Table, SEdges, testing::ValuesIn(edges),
                         [](const auto& each) { return test_name(each.param.id, each.index); });

TEST(S6, CatchingUpFasterAndSlowerByTurnsIsNeverFallingBehind) {
  Tale tale;
  catches_up_by_turns(tale);
  int catching_up = 0;
  for (double now = 600 + hour; now <= 600 + 4 * hour; now += 10) {
    const Reason reason = tale.judged_at(now).verdict.reason;
    ASSERT_NE(reason, Reason::falling_behind) << "after " << now << " s";
    if (reason == Reason::catching_up) ++catching_up;
  }
  EXPECT_GT(catching_up, 100);
}

}  // namespace
}  // namespace tidemark::test
