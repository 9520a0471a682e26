// state.db: what was written is there, whoever opens it next.
#include "storage/state_file.h"

#include <gmock/gmock.h>

#include <array>
#include <filesystem>

#include "storage/state_schema.h"
#include "tests/storage/stored_events.h"

namespace tidemark {
namespace {

using namespace test;
using std::chrono::hours;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class StateFileTest : public StateFileFixture {};

TEST_F(StateFileTest, AnEventComesBackAsItWas) {
  Event whole;
  whole.sequence = 42;
  whole.at = story_begins;
  whole.clock_step = seconds{5};
  whole.kind = EventKind::data_loss;
  whole.group = std::string("pay\0ments", 9);
  whole.subject = "orders-3";
  whole.from = "OK";
  whole.to = "data_loss";
  whole.reason = "data_loss";
  whole.sentence = "retention deleted 1 record \xff";
  whole.author = "ops \xff";
  const auto file = open({{"PROD", 41}});
  ASSERT_TRUE(file->write({{"PROD", {std::make_shared<Event>(whole)}}}, now_).ok());
  const auto seen = archive();
  auto stream = seen->read("PROD", {}, {}, EventOrder::oldest_first);
  const auto back = stream.next();
  ASSERT_TRUE(back);
  EXPECT_EQ(back->sequence, 42U);
  EXPECT_EQ(back->shown(), story_begins + seconds{5}) << "as the clock showed it";
  EXPECT_EQ(back->kind, EventKind::data_loss);
  EXPECT_EQ(back->group, whole.group);
  EXPECT_EQ(back->subject, "orders-3");
  EXPECT_EQ(back->from, "OK");
  EXPECT_EQ(back->to, "data_loss");
  EXPECT_EQ(back->reason, "data_loss");
  EXPECT_EQ(back->sentence, whole.sentence);
  EXPECT_EQ(back->author, whole.author);
  EXPECT_FALSE(stream.next());
}

TEST_F(StateFileTest, KnowsWhereTheNumbersEndedAndHow) {
  EXPECT_FALSE(open({})->record_of("PROD").known);
  {
    const auto file = open({{"PROD", 0}, {"DEV", 5}});
    now_ += seconds{10};
    ASSERT_TRUE(file->write({{"PROD", {event(1, 1, EventKind::status, "a")}}}, now_).ok());
  }
  {
    const auto file = open({});
    const EventRecord prod = file->record_of("PROD");
    EXPECT_TRUE(prod.known);
    EXPECT_EQ(prod.last, 1U);
    EXPECT_EQ(prod.alive, now_);
    EXPECT_FALSE(prod.ended) << "nobody said so";
    EXPECT_EQ(file->record_of("DEV").last, 5U) << "given, though never written";
  }
  now_ += hours{1};
  ASSERT_TRUE(open({{"PROD", 1}})->note_alive(now_, true).ok());
  const auto file = open({});
  EXPECT_TRUE(file->record_of("PROD").ended);
  EXPECT_EQ(file->record_of("PROD").alive, now_);
  EXPECT_FALSE(file->record_of("DEV").ended) << "nobody watched it";
}

TEST_F(StateFileTest, KeepsTheNameOfItsNumbers) {
  EXPECT_EQ(open({}, 7)->log(), 7U);
  EXPECT_EQ(open({}, 8)->log(), 7U);
}

TEST_F(StateFileTest, ABatchThatComesAgainIsWrittenOnce) {
  const auto file = open({{"PROD", 0}});
  const Events one{event(1, 1, EventKind::status, "a")};
  const Events both{one.front(), event(2, 2, EventKind::status, "a")};
  ASSERT_TRUE(file->write({{"PROD", one}}, now_).ok());
  ASSERT_TRUE(file->write({{"PROD", both}}, now_).ok());
  EXPECT_THAT(numbers("PROD"), ElementsAre(1, 2));
}

TEST_F(StateFileTest, ClustersShareNothing) {
  const auto file = open({{"PROD", 0}, {"DEV", 0}});
  ASSERT_TRUE(file->write({{"PROD", {event(1, 1, EventKind::status, "a")}},
                           {"DEV", {event(1, 1, EventKind::blind, "")}}},
                          now_)
                  .ok());
  EXPECT_THAT(numbers("PROD", {std::nullopt, {EventKind::blind}, {}, {}}), IsEmpty());
  EXPECT_THAT(numbers("DEV", {std::nullopt, {EventKind::blind}, {}, {}}), ElementsAre(1));
  EXPECT_THAT(numbers("STG"), IsEmpty());
}

TEST_F(StateFileTest, WhatIsTooOldLeavesInSmallSteps) {
  settings_.events_max_age = hours{2};
  const auto file = open({{"PROD", 0}, {"DEV", 0}});
  Events prod;
  Events dev;
  for (int i = 1; i <= 1500; ++i) {
    prod.push_back(event(static_cast<std::uint64_t>(i), i, EventKind::status, "a"));
    dev.push_back(event(static_cast<std::uint64_t>(i), i * 10, EventKind::status, "a"));
  }
  ASSERT_TRUE(file->write({{"PROD", prod}, {"DEV", dev}}, now_).ok());
  now_ = story_begins + hours{2} + seconds{1500};
  int steps = 0;
  while (file->keep_up(now_).more) ++steps;
  EXPECT_GE(steps, 4);
  EXPECT_THAT(numbers("PROD"), ElementsAre(1500));
  EXPECT_EQ(numbers("DEV").front(), 150U);
  EXPECT_EQ(file->record_of("PROD").last, 1500U);
}

TEST_F(StateFileTest, TheOldestOfAllClustersLeaveWhenItIsTooBig) {
  settings_.events_max_bytes = 1'000'000;
  const auto file = open({{"PROD", 0}, {"DEV", 0}});
  Events prod;
  Events dev;
  for (int i = 1; i <= 5000; ++i) {
    prod.push_back(event(static_cast<std::uint64_t>(i), i, EventKind::status, "a"));
    dev.push_back(event(static_cast<std::uint64_t>(i), 4000 + i, EventKind::status, "a"));
  }
  ASSERT_TRUE(file->write({{"PROD", prod}, {"DEV", dev}}, now_).ok());
  ASSERT_GT(file->bytes(), settings_.events_max_bytes);
  while (file->keep_up(now_).more) {
  }
  EXPECT_LE(file->bytes(), settings_.events_max_bytes);
  EXPECT_GT(numbers("DEV").size(), numbers("PROD").size());
  EXPECT_EQ(numbers("DEV").back(), 5000U);
}

TEST_F(StateFileTest, AFileOfANewerVersionIsToldApart) {
  {
    Database newer;
    auto migrations = state_migrations();
    migrations.emplace_back("CREATE TABLE what_comes_later(id INTEGER)");
    ASSERT_TRUE(newer.open({settings_.path, migrations}).ok());
  }
  StateFile file(settings_);
  EXPECT_EQ(file.open(7).fault, DatabaseFault::newer);
  EXPECT_FALSE(EventArchive::open(settings_.path).ok());
}

// The tables as version 1 made them; never to be changed.
constexpr std::array version_1 = {
    R"(CREATE TABLE event_log(id INTEGER PRIMARY KEY CHECK (id = 1), log INTEGER NOT NULL))",
    R"(CREATE TABLE event_clusters(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
                                   last INTEGER NOT NULL, alive INTEGER NOT NULL,
                                   ended INTEGER NOT NULL))",
    R"(CREATE TABLE events(key INTEGER PRIMARY KEY, cluster INTEGER NOT NULL, at INTEGER NOT NULL,
                           kind TEXT NOT NULL, group_name BLOB, subject BLOB NOT NULL,
                           old BLOB NOT NULL, new BLOB NOT NULL, reason BLOB NOT NULL,
                           sentence BLOB NOT NULL))",
    R"(CREATE INDEX events_by_time ON events(cluster, at))",
    R"(CREATE INDEX events_by_kind ON events(cluster, kind))",
    R"(CREATE INDEX events_by_group ON events(cluster, group_name) WHERE group_name IS NOT NULL)",
    R"(INSERT INTO event_log VALUES(1, 1234567))",
    R"(INSERT INTO event_clusters VALUES(1, 'PROD', 2, 1700000009000, 1))",
    R"(INSERT INTO events VALUES((1 << 44) + 1, 1, 1700000001000, 'status', x'7061796d656e7473',
                                 '', 'OK', 'ERROR', 'stopped', 'no commit for 340 s'))",
    R"(INSERT INTO events VALUES((1 << 44) + 2, 1, 1700000002000, 'blind', NULL,
                                 'link', '', '', 'unreachable', 'nobody answers'))",
};

TEST_F(StateFileTest, AFileOfVersion1IsBroughtToTheNewest) {
  {
    Database old;
    ASSERT_TRUE(old.open({settings_.path, {"PRAGMA user_version"}}).ok());
    for (const char* const statement : version_1) ASSERT_TRUE(old.run(statement)) << statement;
  }
  const auto file = open({{"PROD", 2}});
  EXPECT_EQ(file->log(), 1'234'567U);
  EXPECT_EQ(file->record_of("PROD").last, 2U);
  EXPECT_THAT(numbers("PROD"), ElementsAre(1, 2));
  EXPECT_THAT(numbers("PROD", {"payments", {}, {}, {}}), ElementsAre(1));
  ASSERT_TRUE(file->write({{"PROD", {event(3, 3, EventKind::status, "payments")}}}, now_).ok());
  EXPECT_THAT(numbers("PROD", {"payments", {}, {}, {}}), ElementsAre(1, 3));
  const auto seen = archive();
  auto stream = seen->read("PROD", {}, {}, EventOrder::oldest_first);
  EXPECT_EQ(stream.next()->author, "") << "nobody did it";
  EXPECT_EQ(stream.next()->sentence, "nobody answers");
  EXPECT_EQ(stream.next()->author, "ops");
}

// Whatever is asked for, by whatever index it is found: the same as a plain list says.
TEST_F(StateFileTest, EveryQuestionIsAnsweredAsByAPlainList) {
  std::mt19937 random(4);
  const auto all = random_events(1, 600, random);
  const auto file = open({{"PROD", 0}, {"DEV", 0}});
  ASSERT_TRUE(file->write({{"PROD", all}, {"DEV", random_events(1, 300, random)}}, now_).ok());
  const auto asked = archive();
  for (int turn = 0; turn < 300; ++turn) {
    EventFilter filter;
    if (random() % 3 == 0) filter.group = random() % 2 == 0 ? "rare" : "";
    for (int kinds = static_cast<int>(random() % 4); kinds > 0; --kinds) {
      filter.kinds.push_back(static_cast<EventKind>(random() % 10));
    }
    if (random() % 2 == 0) filter.from = story_begins + seconds{random() % 1000};
    if (random() % 2 == 0) filter.to = story_begins + seconds{random() % 1000};
    const EventSpan span{random() % 650, random() % 650};
    const auto order = random() % 2 == 0 ? EventOrder::oldest_first : EventOrder::newest_first;
    std::vector<std::uint64_t> expected;
    for (const auto& each : all) {
      const bool within = each->sequence >= span.first && each->sequence <= span.last;
      if (within && filter.matches(*each)) expected.push_back(each->sequence);
    }
    if (order == EventOrder::newest_first) std::reverse(expected.begin(), expected.end());
    EXPECT_EQ(numbers_of(asked->read("PROD", span, filter, order)), expected) << turn;
    const EventSpan known = asked->span_of("PROD", filter);
    for (const auto& each : all) {
      if (!filter.matches(*each)) continue;
      EXPECT_TRUE(known.first <= each->sequence && each->sequence <= known.last) << turn;
    }
  }
  EXPECT_FALSE(asked->failure());
}

TEST_F(StateFileTest, ADamagedPageIsToldByWhoeverReadsIt) {
  {
    const auto file = open({{"PROD", 0}});
    std::mt19937 random(1);
    ASSERT_TRUE(file->write({{"PROD", random_events(1, 3000, random)}}, now_).ok());
  }
  std::filesystem::resize_file(settings_.path, std::filesystem::file_size(settings_.path) / 2);
  const auto asked = EventArchive::open(settings_.path);
  if (asked) {
    numbers_of(asked.value()->read("PROD", {}, {}, EventOrder::oldest_first));
    EXPECT_TRUE(asked.value()->failure());
  }
  StateFile file(settings_);
  DatabaseError error = file.open(7);
  if (error.ok()) error = file.begin({{"PROD", 3000}}, now_);
  if (error.ok()) error = file.write({{"PROD", {event(3001, 1, EventKind::status, "a")}}}, now_);
  EXPECT_EQ(error.fault, DatabaseFault::damaged) << error.message;
}

}  // namespace
}  // namespace tidemark
