// How long it takes, at today's speeds.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/evaluator/scene.h"

namespace tidemark::test {
namespace {

// Partition 4 has 60,000 records to catch up with, at these speeds.
Scene catching_up(Speed produced, Speed consumed) {
  Scene scene;
  scene.behind({4});
  scene.at(4).lag = 60'000;
  scene.at(4).produced = produced;
  scene.at(4).consumed = consumed;
  return scene;
}

Forecast told(const Scene& scene) { return forecast(scene.evidence); }

TEST(Forecast, nothing_is_said_of_what_keeps_up) {
  const Forecast of = told(Scene{});
  EXPECT_FALSE(of.catch_up);
  EXPECT_FALSE(of.faster_to_hold);
  EXPECT_EQ(of.sentence, "");
  EXPECT_DOUBLE_EQ(of.produced->likely, 1200);
  EXPECT_DOUBLE_EQ(of.consumed->low, 1080);
}

TEST(Forecast, nothing_is_known_of_nothing) {
  const Forecast of = forecast({});
  EXPECT_FALSE(of.produced || of.consumed || of.catch_up || of.until_loss || of.faster_to_hold);
  EXPECT_EQ(of.sentence, "");
}

TEST(Forecast, a_faster_reader_catches_up_in_a_time_with_its_range) {
  const Forecast of = told(catching_up({98, 100, 102}, {127, 140, 153}));
  EXPECT_EQ(of.catch_up->likely, Duration{1'500'000});
  EXPECT_EQ(of.catch_up->soonest, Duration{1'090'909});
  EXPECT_EQ(of.catch_up->latest, Duration{2'400'000});
  EXPECT_FALSE(of.faster_to_hold);
  EXPECT_EQ(of.sentence, "At today's speed it catches up in about 25 min (18 to 40 min).");
}

TEST(Forecast, at_its_worst_it_may_never_catch_up) {
  const Forecast of = told(catching_up({95, 100, 110}, {105, 140, 150}));
  EXPECT_TRUE(of.catch_up->likely);
  EXPECT_FALSE(of.catch_up->latest);
  EXPECT_EQ(of.sentence,
            "At today's speed it catches up in about 25 min (18 min at best, never at worst).");
}

TEST(Forecast, a_slower_reader_never_catches_up_and_hears_how_much_it_lacks) {
  const Forecast of = told(catching_up({160, 160, 160}, {100, 100, 100}));
  ASSERT_TRUE(of.catch_up);
  EXPECT_FALSE(of.catch_up->likely || of.catch_up->soonest || of.catch_up->latest);
  EXPECT_DOUBLE_EQ(*of.faster_to_hold, 1.6);
  EXPECT_EQ(of.sentence,
            "It never catches up at this speed: it would have to read 1.6 times faster to hold.");
}

TEST(Forecast, a_slower_reader_may_catch_up_at_its_best) {
  const Forecast of = told(catching_up({90, 110, 120}, {80, 100, 100}));
  EXPECT_EQ(of.catch_up->soonest, Duration{6'000'000});
  EXPECT_EQ(of.sentence,
            "It never catches up at this speed (at best in 100 min): it would have to read 1.1 "
            "times faster to hold.");
}

TEST(Forecast, one_that_is_a_little_too_slow_lacks_percents) {
  EXPECT_EQ(told(catching_up({103, 103, 103}, {100, 100, 100})).sentence,
            "It never catches up at this speed: it would have to read 3 % faster to hold.");
}

TEST(Forecast, one_that_just_holds_never_catches_up_and_need_not_be_faster_to_hold) {
  const Forecast of = told(catching_up({100, 100, 100}, {100, 100, 100}));
  EXPECT_FALSE(of.faster_to_hold);
  EXPECT_EQ(of.sentence, "It never catches up at this speed.");
}

TEST(Forecast, a_stopped_one_reads_nothing_whatever_it_read_before) {
  Scene scene;
  scene.stopped({4}, utc(2, 10));
  const Forecast of = told(scene);
  ASSERT_TRUE(of.catch_up);
  EXPECT_FALSE(of.catch_up->soonest);
  EXPECT_FALSE(of.faster_to_hold) << "no number of times makes nothing more";
  EXPECT_DOUBLE_EQ(of.consumed->likely, 1100);
  EXPECT_EQ(of.sentence,
            "It never catches up at this speed: it reads nothing. Retention removes unread records "
            "in about 7 d.");
}

TEST(Forecast, the_group_has_caught_up_when_its_last_partition_has) {
  Scene scene = catching_up({100, 100, 100}, {200, 200, 200});
  scene.behind({5});
  scene.at(5).lag = 120'000;
  scene.at(5).consumed = Speed{200, 200, 200};
  scene.at(5).produced = Speed{100, 100, 100};
  EXPECT_EQ(told(scene).catch_up->likely, minutes{20});
  scene.stopped({6}, utc(2, 10));
  EXPECT_FALSE(told(scene).catch_up->likely);
}

TEST(Forecast, producers_that_are_silent_leave_only_what_waits) {
  EXPECT_EQ(told(catching_up({0, 0, 0}, {100, 100, 100})).catch_up->likely, minutes{10});
}

TEST(Forecast, is_not_made_where_a_speed_is_not_known) {
  Scene scene = catching_up({100, 100, 100}, {200, 200, 200});
  scene.at(4).consumed.reset();
  const Forecast of = told(scene);
  EXPECT_FALSE(of.catch_up);
  EXPECT_FALSE(of.consumed) << "nor is that of the group";
  EXPECT_TRUE(of.produced);
  EXPECT_EQ(of.sentence, "");
}

TEST(Forecast, is_not_made_where_the_lag_is_not_known) {
  Scene scene = catching_up({100, 100, 100}, {200, 200, 200});
  scene.at(4).lag.reset();
  EXPECT_FALSE(told(scene).catch_up);
}

TEST(Forecast, of_one_behind_a_transaction_depends_on_the_transaction) {
  Scene scene;
  scene.blocked(4, utc(2, 6));
  EXPECT_FALSE(told(scene).catch_up);
}

TEST(Forecast, an_idle_partition_reads_all_that_comes) {
  Scene scene;
  scene.at(3).lag = 0;
  scene.at(3).consumed.reset();
  scene.at(3).produced = Speed{0, 0, 0};
  ASSERT_TRUE(told(scene).consumed);
  EXPECT_DOUBLE_EQ(told(scene).consumed->likely, 1100);
}

// Partition 4 stands since 02:10, 18 min ago, and its topic keeps records for an hour.
Scene about_to_lose() {
  Scene scene;
  scene.stopped({4}, utc(2, 10));
  scene.at(4).unread_since = utc(2, 10);
  scene.orders().settings.retention = hours{1};
  return scene;
}

TEST(Forecast, what_nobody_reads_is_removed_when_it_is_old_enough) {
  const Forecast of = told(about_to_lose());
  EXPECT_EQ(of.until_loss->likely, minutes{42});
  EXPECT_EQ(of.until_loss->latest, minutes{42});
  EXPECT_EQ(of.sentence,
            "It never catches up at this speed: it reads nothing. Retention removes unread records "
            "in about 40 min.");
}

TEST(Forecast, what_is_older_than_that_goes_now) {
  Scene scene = about_to_lose();
  scene.orders().settings.retention = minutes{10};
  EXPECT_EQ(told(scene).until_loss->likely, Duration{0});
  EXPECT_NE(told(scene).sentence.find("Retention removes unread records now."), std::string::npos);
}

TEST(Forecast, a_reader_at_half_speed_has_twice_the_time) {
  Scene scene;
  scene.behind({4});  // 60,000 records of 10 min: written at 100/s; it reads 45 to 55/s
  scene.orders().settings.retention = hours{1};
  const Forecast of = told(scene);
  EXPECT_EQ(of.until_loss->likely, minutes{100});
  EXPECT_LT(*of.until_loss->soonest, minutes{100});
  EXPECT_GT(*of.until_loss->latest, minutes{100});
  EXPECT_EQ(of.sentence,
            "It never catches up at this speed: it would have to read 2 times faster to hold. "
            "Retention removes unread records in about 100 min (90 to 110 min).");
}

TEST(Forecast, a_reader_that_catches_up_before_loses_nothing) {
  Scene scene = catching_up({100, 100, 100}, {200, 200, 200});
  scene.orders().settings.retention = hours{1};
  const Forecast of = told(scene);
  ASSERT_TRUE(of.until_loss);
  EXPECT_FALSE(of.until_loss->soonest);
  EXPECT_EQ(of.sentence, "At today's speed it catches up in about 10 min.");
}

TEST(Forecast, topics_that_keep_everything_lose_nothing) {
  Scene scene = about_to_lose();
  scene.orders().settings.retention.reset();
  ASSERT_TRUE(told(scene).until_loss);
  EXPECT_FALSE(told(scene).until_loss->soonest);
  scene = about_to_lose();
  scene.orders().settings.deletes = false;
  EXPECT_FALSE(told(scene).until_loss->soonest);
}

// As above, but it is the size that counts: 60,000 more records fit, at 100 a second.
Scene about_to_be_pushed_out() {
  Scene scene = about_to_lose();
  scene.orders().settings.retention_bytes = 1'000'000'000;
  scene.at(4).produced = Speed{100, 100, 200};
  scene.at(4).fits = *scene.at(4).lag + 60'000;
  return scene;
}

TEST(Forecast, what_is_written_pushes_out_what_waits) {
  Scene scene = about_to_be_pushed_out();
  EXPECT_EQ(told(scene).until_loss->likely, minutes{10});
  EXPECT_EQ(told(scene).until_loss->soonest, minutes{5});
  scene.orders().settings.retention.reset();
  EXPECT_EQ(told(scene).until_loss->likely, minutes{10}) << "no age is needed then";
  scene.orders().settings.retention = minutes{19};
  EXPECT_EQ(told(scene).until_loss->likely, minutes{1}) << "age comes first";
}

TEST(Forecast, a_size_that_was_not_seen_at_work_foretells_nothing) {
  Scene scene = about_to_be_pushed_out();
  scene.at(4).fits.reset();
  EXPECT_FALSE(told(scene).until_loss);
}

TEST(Forecast, nothing_is_pushed_out_where_nothing_is_written) {
  Scene scene = about_to_be_pushed_out();
  scene.orders().settings.retention.reset();
  scene.at(4).produced = Speed{0, 0, 0};
  ASSERT_TRUE(told(scene).until_loss);
  EXPECT_FALSE(told(scene).until_loss->soonest);
}

TEST(Forecast, a_loss_is_not_foretold_without_the_settings_or_the_age) {
  Scene scene = about_to_lose();
  scene.orders().settings_known = false;
  EXPECT_FALSE(told(scene).until_loss);
  scene = about_to_lose();
  scene.at(4).unread_since.reset();
  EXPECT_FALSE(told(scene).until_loss);
}

TEST(Forecast, a_job_that_is_not_late_yet_may_lose_what_is_old) {
  Scene scene;
  scene.at(4).unread_since = utc(1, 48);
  scene.at(4).consumed = Speed{0, 0, 0};
  scene.orders().settings.retention = hours{1};
  const Forecast of = told(scene);
  EXPECT_FALSE(of.catch_up);
  EXPECT_EQ(of.sentence, "Retention removes unread records in about 20 min.");
}

TEST(Forecast, what_is_months_away_is_not_worth_a_sentence) {
  Scene scene = about_to_lose();
  scene.orders().settings.retention = hours{24 * 90};
  EXPECT_TRUE(told(scene).until_loss->likely);
  EXPECT_EQ(told(scene).sentence, "It never catches up at this speed: it reads nothing.");
}

TEST(Forecast, speeds_that_are_none_are_not_known) {
  Scene scene = catching_up({100, 100, 100}, {200, std::nan(""), 200});
  EXPECT_FALSE(told(scene).catch_up);
  scene = catching_up({100, 100, 100}, {300, 200, 100});
  EXPECT_EQ(told(scene).catch_up->likely, minutes{10}) << "put in order";
  scene = catching_up({-5, 0, 0}, {100, std::numeric_limits<double>::infinity(), 100});
  EXPECT_FALSE(told(scene).catch_up);
}

}  // namespace
}  // namespace tidemark::test
