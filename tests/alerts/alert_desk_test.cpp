#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <utility>

#include "tests/alerts/desk.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Desk = test::Desk;

TEST_F(Desk, TellsTheBeginningAndTheEnd) {
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
  const Alert& alert = box.messages.at(0).alerts.at(0);
  EXPECT_EQ(alert.reason, "it is ERROR");
  EXPECT_EQ(alert.labels.at("team"), "a");
  EXPECT_THAT(alert.link, testing::StartsWith("http://tidemark:8000/ui/#/PROD/groups/payments"));
  groups({{"payments", GroupStatus::ok}});
  pass(minutes{6});
  EXPECT_THAT(mails(), ElementsAre("resolved 1 payments"));
  EXPECT_EQ(box.messages.back().alerts.at(0).status, GroupStatus::ok);
  pass(hours{1});
  EXPECT_THAT(mails(), IsEmpty());
  EXPECT_EQ(desk->status()->fates.at("told"), 2u);
}

TEST_F(Desk, KilledBeforeItIsWrittenTellsItAfterTheStart) {
  groups({{"payments", GroupStatus::error}});
  pass(seconds{55});
  kill();
  start();
  pass(minutes{5});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
}

TEST_F(Desk, KilledAfterTheIncidentIsWrittenTellsItOnce) {
  groups({{"payments", GroupStatus::error}});
  pass(seconds{70});
  ASSERT_THAT(desk->status()->open, SizeIs(1)) << "open, and the message still waits for others";
  ASSERT_THAT(mails(), IsEmpty());
  kill();
  start();
  pass(minutes{5});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
}

TEST_F(Desk, KilledAfterTheMessageIsWrittenSendsItAfterTheStart) {
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2}, false);
  ASSERT_EQ(desk->status()->receivers.at(0).waiting, 1u);
  kill();
  ASSERT_THAT(mails(), IsEmpty());
  start();
  pass(minutes{5});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
}

TEST_F(Desk, KilledAfterSendingAndBeforeItsRecordSendsThatOneAgainUnderTheSameKey) {
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2}, false);
  // Sent by the process that dies: what it records does not get into the file of the next one.
  std::filesystem::copy(folder.path(), folder.path() / "before");
  desk->deliver({});
  kill();
  for (const char* name : {"alerts.db", "alerts.db-wal", "alerts.db-shm"}) {
    std::filesystem::remove(folder / name);
    if (std::filesystem::exists(folder.path() / "before" / name)) {
      std::filesystem::copy(folder.path() / "before" / name, folder / name);
    }
  }
  start();
  pass(minutes{5});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments", "opened 1 payments"));
  EXPECT_EQ(box.keys.at(0), box.keys.at(1));
}

TEST_F(Desk, KilledAfterTheRecordSendsNothingAgainAndStillTheEnd) {
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2});
  ASSERT_THAT(mails(), SizeIs(1));
  kill();
  start();
  pass(minutes{30});
  EXPECT_THAT(mails(), IsEmpty());
  groups({{"payments", GroupStatus::ok}});
  pass(minutes{6});
  EXPECT_THAT(mails(), ElementsAre("resolved 1 payments"));
}

TEST_F(Desk, AGroupThatWasDeletedMeanwhileEndsAtTheStart) {
  groups({{"payments", GroupStatus::error}, {"other", GroupStatus::ok}});
  pass(minutes{2});
  kill();
  mails();
  groups({{"other", GroupStatus::ok}});
  start();
  pass(minutes{6});
  EXPECT_THAT(mails(), ElementsAre("resolved 1 payments"));
  EXPECT_EQ(box.messages.back().alerts.at(0).reason, "the group was deleted");
}

TEST_F(Desk, AClusterThatIsNotWatchedAnyMoreEndsItsIncidents) {
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2});
  kill();
  mails();
  settings.clusters = {"DEV"};
  start();
  pass(minutes{6});
  EXPECT_THAT(mails(), ElementsAre("resolved 1 payments"));
}

TEST_F(Desk, AReceiverThatIsAwayGetsItWhenItIsBack) {
  box.answer = {Outcome::try_again, "connection refused", std::nullopt};
  groups({{"payments", GroupStatus::error}});
  pass(minutes{10});
  EXPECT_THAT(mails(), IsEmpty());
  EXPECT_EQ(desk->status()->receivers.at(0).last_failure, "connection refused");
  box.answer = {Outcome::delivered, "250 OK", std::nullopt};
  pass(minutes{15});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
}

TEST_F(Desk, AnAttemptLastsAsLongAsItsReceiverMayTake) {
  kill();
  settings.timeouts["ops"] = seconds{7};
  start();
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2});
  EXPECT_EQ(box.limit, seconds{7});
}

TEST_F(Desk, WhatIsBrokenOffByTheEndOfTheDaemonIsNoFailureAndSentAtTheStart) {
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2}, false);
  std::stop_source stop;
  box.stops = &stop;
  box.answer = {Outcome::try_again, "interrupted: Tidemark is stopping", std::nullopt};
  desk->deliver(stop.get_token());
  EXPECT_EQ(desk->status()->receivers.at(0).failed, 0u);
  kill();
  box.stops = nullptr;
  box.answer = {Outcome::delivered, "250 OK", std::nullopt};
  start();
  pass(seconds{5});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
}

TEST_F(Desk, AStormIsOneMessageWhoseLinkLeadsToAllOfThem) {
  std::vector<std::pair<std::string, GroupStatus>> all;
  for (int i = 0; i < 5000; ++i) all.emplace_back(fmt::format("g{:04}", i), GroupStatus::error);
  groups(all);
  pass(minutes{2});
  EXPECT_THAT(mails(), ElementsAre("opened 5000 g0000"));
  EXPECT_LE(box.messages.at(0).alerts.size(), 20u);
  AlertFile file;
  ASSERT_TRUE(file.open_to_read(settings.path).ok());
  IncidentQuery query;
  query.message = box.messages.at(0).idempotency_key;
  EXPECT_THAT(box.messages.at(0).link,
              testing::EndsWith("/ui/#/incidents?message=" + *query.message));
  EXPECT_EQ(file.count(query), 5000u);
  query.limit = 10'000;
  std::set<std::string> names;
  for (const IncidentRow& row : file.find(query)) names.insert(row.group);
  EXPECT_THAT(names, SizeIs(5000));
}

TEST_F(Desk, TheFileSaysWithinAMinuteWhatAnOpenIncidentIsNow) {
  const auto row = [&] {
    AlertFile file;
    EXPECT_TRUE(file.open_to_read(settings.path).ok());
    return file.open_incidents().at(0);
  };
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2});
  ASSERT_EQ(row().flaps, 0);
  groups({{"payments", GroupStatus::ok}});
  pass(seconds{30});
  groups({{"payments", GroupStatus::warning}});
  pass(seconds{65});
  EXPECT_EQ(row().flaps, 1);
  EXPECT_EQ(row().status, "WARNING");
  EXPECT_EQ(row().worst, "ERROR");
  EXPECT_EQ(row().reason, "it is WARNING");
}

TEST_F(Desk, AReceiverThatIsBackHearsWhatWasLostMeanwhile) {
  kill();
  AlertFile file;
  ASSERT_TRUE(file.open(settings.path, clock.now()).ok());
  for (int i = 0; i < 3; ++i) {
    file.record(0, {"ops", "x-1", "", clock.now(), "overflow", 1, "too much waits"}, std::nullopt);
  }
  start();
  pass(minutes{1});
  EXPECT_THAT(mails(), IsEmpty()) << "nobody knows yet whether it is back";
  EXPECT_EQ(desk->status()->receivers.at(0).dropped, 3u);
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments", "dropped 1 "));
  EXPECT_THAT(box.messages.back().alerts.at(0).reason, testing::HasSubstr("3 messages to ops"));
  EXPECT_EQ(desk->status()->receivers.at(0).dropped, 0u);
  kill();
  start();
  pass(minutes{5});
  EXPECT_THAT(mails(), IsEmpty());
}

TEST_F(Desk, ADamagedFileIsSetAsideAndAlertsGoOn) {
  kill();
  std::ofstream(settings.path) << std::string(10'000, 'x');
  start();
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
  EXPECT_EQ(desk->status()->failing, "");
}

TEST_F(Desk, WithoutAFileAlertsGoOnFromMemory) {
  kill();
  std::ofstream(folder / "file") << "no folder";
  settings.path = folder / "file" + std::string("/alerts.db");
  start();
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
  EXPECT_NE(desk->status()->failing, "");
}

TEST_F(Desk, OnTheFirstDayDeadGroupsAreOneList) {
  kill();
  settings.first_day = hours{24};
  std::filesystem::remove(settings.path);
  start();
  groups({{"dead", GroupStatus::error}, {"payments", GroupStatus::error}});
  auto dead = std::make_shared<GroupReport>(*newest->groups[0]);
  dead->reason = Reason::abandoned;
  dead->learning = true;
  GroupList list;
  list.push_back(dead);
  list.push_back(newest->groups[1]);
  newest->groups = list;
  pass(minutes{5});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
  EXPECT_EQ(desk->status()->open.size(), 1u);
}

}  // namespace
}  // namespace tidemark
