// The edges that must hold, as rows: what happened, and what must be said of it. Where a row says
// that nothing is wrong, the row after it goes one step across the threshold.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/evaluator/tale.h"

namespace tidemark::test {
namespace {

using enum PartitionStatus;

// A hundred records a minute until 10 min, then nothing until one record arrives at 40 min.
void idles_half_an_hour(Tale& t) {
  const Line end{{0, 0}, {600, 1000}, {2400, 1000}, {2410, 1001}};
  t.log_end(0, end).commits(0, 600, minute, end);
}

void two_records(Tale& t) {
  t.log_end(0, Line{{0, 10}, {100, 10}, {110, 12}}).commit(0, 10).commit(107, 11);
}

// A transaction of one record, read: its commit marker is the log's last entry.
void leaves_a_marker(Tale& t) {
  t.log_end(0, Line{{0, 10}, {60, 10}, {70, 12}, {2000, 12}, {2010, 15}});
  t.commit(0, 10).commit(70, 11);
}

// 500 records a second.
std::int64_t fast(double s) { return static_cast<std::int64_t>(500 * s); }

void commits_per_message(Tale& t) {
  const Line end{{0, 100}, {10, 100}, {40, 110}, {50, 111}};
  t.log_end(0, end).commit(0, 100);
  for (int i = 1; i <= 10; ++i) t.commit(10 + 2.4 * i, 100 + i);
}

// Records arrive all the time; the job runs every two hours and reads them all.
void batch_every_two_hours(Tale& t) {
  t.refresh(60).commits(0, 6 * hour, 2 * hour, Line{{0, 0}, {12 * hour, 43200}});
}

// Ten minutes each hour it commits every 5 s, then it sleeps.
void hourly_job(Tale& t, int runs) {
  const Line end{{0, 0}, {12 * hour, 43200}};
  t.refresh(60).log_end(0, end);
  for (int run = 0; run < runs; ++run) t.commits(run * hour, run * hour + 600, 5, end);
}

void rewinds(Tale& t) {
  t.refresh(60).log_end(0, Line{{0, 10}, {60, 20}, {120, 30}, {180, 40}});
  t.commit(0, 10).commit(60, 20).commit(120, 30).commit(180, 20);
}

void restarts_for_a_minute(Tale& t) {
  const auto end = [](double s) { return static_cast<std::int64_t>(50'000 * s); };
  t.log_end(0, end).commits(0, 600, 5, end);
}

void topic_recreated(Tale& t) {
  t.log_end(0, 600, Line{{0, 900}, {600, 1000}})
      .commits(0, 600, minute, Line{{0, 900}, {600, 1000}});
  t.log_end(610, Line{{610, 3}, {700, 5}});
}

const Row edges[] = {
    {"F1",
     "idle for 30 min, then one record, judged before it is committed",
     idles_half_an_hour,
     2415,
     {ok, Reason::keeping_up, 1, 15}},
    {"F1",
     "the record waits for as long as the patience",
     idles_half_an_hour,
     2700,
     {ok, Reason::keeping_up, 1, 300}},
    {"F1",
     "the record stays unread beyond the patience",
     idles_half_an_hour,
     2700 + ms,
     {stopped, Reason::stopped, 1, 300 + ms}},

    {"F2",
     "caught up and quiet for hours",
     [](Tale& t) {
       t.log_end(0, Line{{0, 42}}).commit(5, 42);
     },
     5 * hour,
     {ok, Reason::caught_up, 0, 0}},
    {"F2",
     "quiet for hours, but one record waits",
     [](Tale& t) {
       t.log_end(0, Line{{0, 42}, {60, 42}, {70, 43}}).commit(5, 42);
     },
     5 * hour,
     {stopped, Reason::stopped, 1, 5 * hour - 60}},

    {"F3",
     "two records, both committed within one slot: the newest commit counts",
     [](Tale& t) {
       two_records(t);
       t.commit(109, 12);
     },
     2 * hour,
     {ok, Reason::caught_up, 0, 0}},
    {"F3'",
     "two records, the first committed, then killed: within patience_unknown",
     two_records,
     707,
     {ok, Reason::keeping_up, 1, 602}},
    {"F3'",
     "two records, the first committed, then killed",
     two_records,
     707 + ms,
     {stopped, Reason::stopped, 1, 602 + ms}},

    {"F4",
     "only a commit marker follows the committed offset: the probe finds nothing",
     [](Tale& t) {
       leaves_a_marker(t);
       t.probe_found_end(12);
     },
     1500,
     {ok, Reason::caught_up, 0, 0}},
    {"F4",
     "without the probe the marker counts as a record",
     leaves_a_marker,
     1500,
     {stopped, Reason::stopped, 1, 1435}},
    {"F4",
     "records follow the marker and wait",
     [](Tale& t) {
       leaves_a_marker(t);
       t.probe_found_end(12);
     },
     2600 + ms,
     {stopped, Reason::stopped, 3, 600 + ms}},
    {"F4",
     "records follow the marker and wait for as long as the patience",
     [](Tale& t) {
       leaves_a_marker(t);
       t.probe_found_end(12);
     },
     2600,
     {ok, Reason::keeping_up, 3, 600}},

    {"F5",
     "lag grows from 11 to 145 over 18 min at 500 records a second",
     [](Tale& t) {
       t.log_end(0, fast).commits(0, 1080, 5, [](double s) {
         return std::max<std::int64_t>(0, fast(s) - 11 - std::llround(s * 134 / 1080));
       });
     },
     1080,
     {ok, Reason::keeping_up, 145, 0.29}},
    {"F5",
     "it reads a tenth less than what arrives",
     [](Tale& t) {
       t.log_end(0, fast).commits(0, 2400, 5, [](double s) { return std::llround(450 * s); });
     },
     2400,
     {ok, Reason::falling_behind, 120'000, 240}},

    {"F6",
     "a commit per message, 10 in 24 s, then a pause of 30 s",
     commits_per_message,
     64,
     {ok, Reason::keeping_up, 1, 24}},
    {"F6",
     "the pause lasts as long as the patience",
     commits_per_message,
     340,
     {ok, Reason::keeping_up, 1, 300}},
    {"F6",
     "the pause lasts longer than the patience",
     commits_per_message,
     340 + ms,
     {stopped, Reason::stopped, 1, 300 + ms}},

    {"F6'",
     "a batch job, every 2 h, silent for 90 min",
     [](Tale& t) {
       batch_every_two_hours(t);
       t.log_end(0, Line{{0, 0}, {12 * hour, 43200}});
     },
     7.5 * hour,
     {ok, Reason::keeping_up, 5400, 1.5 * hour}},
    {"F6'",
     "a batch job, every 2 h, silent for 6 h",
     [](Tale& t) {
       batch_every_two_hours(t);
       t.log_end(0, Line{{0, 0}, {12 * hour, 43200}});
     },
     12 * hour,
     {ok, Reason::keeping_up, 21600, 6 * hour}},
    {"F6'",
     "a batch job, every 2 h, silent for more than 6 h",
     [](Tale& t) {
       batch_every_two_hours(t);
       t.log_end(0, Line{{0, 0}, {13 * hour, 46800}});
     },
     12 * hour + ms,
     {stopped, Reason::stopped, 21600, 6 * hour + ms}},
    {"F6'",
     "a batch job, silent for 90 min, seen for the last 5 min only",
     [](Tale& t) {
       batch_every_two_hours(t);
       t.log_end(7.5 * hour - 300, Line{{0, 0}, {12 * hour, 43200}});
     },
     7.5 * hour,
     {ok, Reason::warming_up, 5400, none}},

    {"F6''",
     "an hourly job sleeps after its second run",
     [](Tale& t) { hourly_job(t, 2); },
     hour + 600 + 300 + ms,
     {stopped, Reason::stopped, 300, 300 + ms}},
    {"F6''",
     "an hourly job sleeps after its third run",
     [](Tale& t) { hourly_job(t, 3); },
     3 * hour - 1,
     {ok, Reason::keeping_up, 2940, 2999}},

    {"F7",
     "a brief rewind, recovered by the next commit",
     [](Tale& t) {
       rewinds(t);
       t.commit(181, 30);
     },
     240,
     {ok, Reason::keeping_up, 10, 120}},
    {"F7",
     "a rewind that stops one short of recovery",
     [](Tale& t) {
       rewinds(t);
       t.commit(181, 29);
     },
     240,
     {rewind, Reason::rewind, 11, 126}},

    {"F9",
     "lag of millions for a minute after a restart",
     restarts_for_a_minute,
     660,
     {ok, Reason::keeping_up, 3'000'000, 60}},
    {"F9",
     "lag of millions, and no commit for longer than the patience",
     restarts_for_a_minute,
     900 + ms,
     {stopped, Reason::stopped, 15'000'000, 300 + ms}},

    {"F10",
     "the group's offsets partition was last read 30 s ago: three refreshes",
     [](Tale& t) {
       t.log_end(0, Line{{0, 0}, {3600, 3600}}).commit(0, 0);
       t.offsets_seen = 2970;
     },
     3000,
     {stopped, Reason::stopped, 3000, 3000}},
    {"F10",
     "the group's offsets partition can't be read any more: the status stands",
     [](Tale& t) {
       t.log_end(0, Line{{0, 0}, {3600, 3600}}).commit(0, 0);
       t.offsets_seen = 2970 - ms;
       t.previous = ok;
     },
     3000,
     {ok, Reason::monitor_stale, 3000, 3000, true}},
    {"F10",
     "the same at the first verdict: nothing is known",
     [](Tale& t) {
       t.log_end(0, Line{{0, 0}, {3600, 3600}}).commit(0, 0);
       t.offsets_seen = 2000;
     },
     3000,
     {unknown, Reason::monitor_stale, 3000, 3000, true}},

    {"F11",
     "the group moved to another topic; records still arrive here",
     [](Tale& t) {
       t.log_end(0, Line{{0, 0}, {3600, 3600}}).commit(0, 0);
       t.members = true;
       t.assigned = false;
     },
     3600,
     {ok, Reason::topic_left, 3600, 3600, false, {"unsubscribed"}}},
    {"F11",
     "the group moved to another topic and nothing arrived since",
     [](Tale& t) {
       t.log_end(0, Line{{0, 5}}).commit(0, 0);
       t.members = true;
       t.assigned = false;
     },
     3600,
     {ok, Reason::topic_left, 5, none}},
    {"F11",
     "nobody knows whether a member is subscribed",
     [](Tale& t) {
       t.log_end(0, Line{{0, 0}, {3600, 3600}}).commit(0, 0);
       t.members = true;
     },
     3600,
     {stopped, Reason::stopped, 3600, 3600}},
    {"F11",
     "the group has no members",
     [](Tale& t) {
       t.log_end(0, Line{{0, 0}, {3600, 3600}}).commit(0, 0);
       t.members = false;
       t.assigned = false;
     },
     3600,
     {stopped, Reason::stopped, 3600, 3600}},

    {"F12",
     "the topic was re-created: until it commits, nothing is known",
     topic_recreated,
     700,
     {unknown, Reason::beyond_log_end, none, none}},
    {"F12",
     "the new topic has grown past the old offset, which means nothing",
     [](Tale& t) {
       topic_recreated(t);
       t.log_end(710, Line{{710, 2000}});
     },
     720,
     {unknown, Reason::beyond_log_end, none, none}},
    {"F12",
     "the topic was re-created and the group has committed",
     [](Tale& t) {
       topic_recreated(t);
       t.commit(705, 5);
     },
     760,
     {ok, Reason::caught_up, 0, 0}},
    {"F12",
     "a log end seen within one refresh of the commit proves nothing",
     [](Tale& t) {
       t.log_end(0, Line{{0, 90}}).commit(0, 100);
     },
     10,
     {ok, Reason::caught_up, 0, 0}},
    {"F12",
     "a log end seen more than one refresh after the commit does",
     [](Tale& t) {
       t.log_end(10 + ms, Line{{0, 90}}).commit(0, 100);
     },
     11,
     {unknown, Reason::beyond_log_end, none, none}},
};

class FEdges : public testing::TestWithParam<Row> {};

TEST_P(FEdges, Hold) { expect_row(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Table, FEdges, testing::ValuesIn(edges),
                         [](const auto& each) { return test_name(each.param.id, each.index); });

}  // namespace
}  // namespace tidemark::test
