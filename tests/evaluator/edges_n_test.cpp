// More edges that must hold: how it ends for those that are not well. Where a row says
// that nothing is wrong, the row after it goes one step across the threshold.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/evaluator/tale.h"

namespace tidemark::test {
namespace {

using enum PartitionStatus;

// One record a second, all read by a commit a minute: patience is 5 min.
void reads_all_each_minute(Tale& t, double until) {
  t.commits(0, until, minute, [](double s) { return static_cast<std::int64_t>(s); });
}

void rewinds(Tale& t) {
  t.refresh(60).log_end(0, Line{{0, 10}, {60, 20}, {120, 30}, {180, 40}});
  t.commit(0, 10).commit(60, 20).commit(120, 30).commit(180, 20);
}

const Row edges[] = {
    {"N1",
     "a zero-lag sample in the window, then no commit for 20 min while records wait",
     [](Tale& t) {
       t.log_end(0, Line{{0, 0}, {3600, 3600}});
       reads_all_each_minute(t, 600);
     },
     1800,
     {stopped, Reason::stopped, 1200, 1200}},
    {"N2",
     "12 min between commits; dead for 36 min",
     [](Tale& t) {
       const Line end{{0, 0}, {7200, 7200}};
       t.log_end(0, end).commits(0, 1440, 720, end);
     },
     3600,
     {ok, Reason::keeping_up, 2160, 2160}},
    {"N2",
     "12 min between commits; dead for more than 36 min",
     [](Tale& t) {
       const Line end{{0, 0}, {7200, 7200}};
       t.log_end(0, end).commits(0, 1440, 720, end);
     },
     3600 + ms,
     {stopped, Reason::stopped, 2160, 2160 + ms}},
    {"N3",
     "commits every 5 s, refresh every 60 s, reads 70 % of what arrives",
     [](Tale& t) {
       t.refresh(60).log_end(0, Line{{0, 0}, {3600, 360'000}});
       t.commits(0, 900, 5, [](double s) { return std::llround(70 * s); });
     },
     900,
     {ok, Reason::falling_behind, 27'000, 270}},
    {"N3",
     "commits every 5 s, refresh every 60 s, reads 90 % of what arrives",
     [](Tale& t) {
       t.refresh(60).log_end(0, Line{{0, 0}, {3600, 360'000}});
       t.commits(0, 900, 5, [](double s) { return std::llround(90 * s); });
     },
     900,
     {ok, Reason::keeping_up, 9'000, 90}},
    {"N4",
     "(10,10) (20,20) (30,30) (20,40), a minute apart, a slot after the last",
     rewinds,
     210,
     {ok, Reason::keeping_up, 20, 150}},
    {"N4",
     "(10,10) (20,20) (30,30) (20,40), more than a slot after the last",
     rewinds,
     210 + ms,
     {rewind, Reason::rewind, 20, 150 + ms}},
    {"N4",
     "... and 30 is committed again",
     [](Tale& t) {
       rewinds(t);
       t.commit(300, 30);
     },
     300,
     {ok, Reason::keeping_up, 10, 180}},
    {"N6",
     "allowed_lag 5, lag 3 for a day, then 10 records: within patience from then",
     [](Tale& t) {
       t.policy.allowed_lag = 5;
       t.refresh(60).log_end(0, Line{{0, 3}, {86400, 3}, {86460, 13}}).commit(0, 0);
     },
     87012,
     {ok, Reason::warming_up, 13, none}},
    {"N6",
     "allowed_lag 5, lag 3 for a day, then 10 records: beyond patience",
     [](Tale& t) {
       t.policy.allowed_lag = 5;
       t.refresh(60).log_end(0, Line{{0, 3}, {86400, 3}, {86460, 13}}).commit(0, 0);
     },
     87012 + ms,
     {stopped, Reason::stopped, 13, none}},
    {"N7",
     "a burst came while the monitor was blind for 20 min: patience from the next refresh",
     [](Tale& t) {
       t.log_end(0, 300, Line{{0, 10}}).commit(5, 10).log_end(1500, Line{{0, 5010}});
     },
     2100,
     {ok, Reason::warming_up, 5000, none}},
    {"N7",
     "a burst came while the monitor was blind for 20 min: beyond patience",
     [](Tale& t) {
       t.log_end(0, 300, Line{{0, 10}}).commit(5, 10).log_end(1500, Line{{0, 5010}});
     },
     2100 + ms,
     {stopped, Reason::stopped, 5000, none}},
    {"N7",
     "the probe knows that the burst came early",
     [](Tale& t) {
       t.log_end(0, 300, Line{{0, 10}}).commit(5, 10).log_end(1500, Line{{0, 5010}});
       t.probe_found_record(10, 400);
     },
     1501,
     {stopped, Reason::stopped, 5000, 1101}},
    {"N7",
     "a probe is not believed to be later than what was seen",
     [](Tale& t) {
       t.log_end(0, 300, Line{{0, 10}}).commit(5, 10).log_end(1500, Line{{0, 5010}});
       t.probe_found_record(10, 1900);
     },
     2000,
     {ok, Reason::warming_up, 5000, 500}},
    {"N8",
     "an open transaction hides all that waits",
     [](Tale& t) {
       t.log_end(0, Line{{0, 100}, {60, 100}, {70, 140}}).commit(0, 100);
       t.lso = 100;
     },
     5 * hour,
     {ok, Reason::blocked_by_transaction, 40, 5 * hour - 60}},
    {"N8",
     "one record of those that wait is readable",
     [](Tale& t) {
       t.log_end(0, Line{{0, 100}, {60, 100}, {70, 140}}).commit(0, 100);
       t.lso = 101;
     },
     5 * hour,
     {stopped, Reason::stopped, 40, 5 * hour - 60}},
    {"N8",
     "what waits is hidden only by a last stable offset below the log end",
     [](Tale& t) {
       t.log_end(0, Line{{0, 100}}).commit(0, 100);
       t.lso = 100;
       t.live_lag = 7;
     },
     60,
     {ok, Reason::warming_up, 7, none}},
    {"rewind",
     "a step back as large as allowed_lag",
     [](Tale& t) {
       t.policy.allowed_lag = 5;
       t.log_end(0, Line{{0, 100}}).commit(0, 50).commit(60, 55).commit(120, 50);
     },
     200,
     {ok, Reason::warming_up, 50, none}},
    {"rewind",
     "a step back one larger than allowed_lag",
     [](Tale& t) {
       t.policy.allowed_lag = 5;
       t.log_end(0, Line{{0, 100}}).commit(0, 50).commit(60, 56).commit(120, 50);
     },
     200,
     {rewind, Reason::rewind, 50, none}},
    {"unsubscribed",
     "the log end fell since, and has risen again",
     [](Tale& t) {
       t.log_end(0, 100, Line{{0, 200}}).commit(0, 3);
       t.log_end(110, Line{{110, 50}, {120, 50}, {130, 60}});
       t.members = true;
       t.assigned = false;
     },
     140,
     {ok, Reason::topic_left, 57, none, false, {"unsubscribed"}}},
};

class NEdges : public testing::TestWithParam<Row> {};

TEST_P(NEdges, Hold) { expect_row(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Table, NEdges, testing::ValuesIn(edges),
                         [](const auto& each) { return test_name(each.param.id, each.index); });

}  // namespace
}  // namespace tidemark::test
