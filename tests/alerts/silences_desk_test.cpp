// Silences and acknowledging, from the request to what is told, over restarts and failing disks.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <future>

#include "tests/alerts/desk.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::Desk;
using testing::ElementsAre;
using testing::IsEmpty;

class SilentDesk : public Desk {
 public:
  SilentDesk() { tick(); }

  // As the HTTP threads ask, while the desk's own thread works.
  template <class T>
  Changed<T> ask(std::function<Changed<T>()> change) {
    auto answer = std::async(std::launch::async, std::move(change));
    while (answer.wait_for(std::chrono::milliseconds{1}) != std::future_status::ready) {
      desk->work();
    }
    return answer.get();
  }
  Changed<SilenceRow> silence(const std::string& group, Duration span, Duration from = {}) {
    WantedSilence wanted;
    wanted.row.group = group;
    wanted.row.author = "alice";
    wanted.row.comment = "upgrade";
    wanted.span = span;
    if (from > Duration{0}) wanted.begin = clock.now() + clock.step() + from;
    return ask<SilenceRow>([this, wanted] { return desk->add_silence(wanted); });
  }
  Changed<EndedSilence> end(const std::string& id) {
    return ask<EndedSilence>([this, id] { return desk->end_silence(id); });
  }
  Changed<IncidentRow> acknowledge(const std::string& id) {
    return ask<IncidentRow>([this, id] { return desk->acknowledge({id, "bob", "on it", {}}); });
  }
  std::string open_incident() {
    AlertFile file;
    EXPECT_TRUE(file.open_to_read(settings.path).ok());
    const auto open = file.open_incidents();
    return open.empty() ? "" : open.front().id;
  }
  static std::string code(const auto& changed) {
    const auto* refusal = std::get_if<Refusal>(&changed);
    return refusal == nullptr ? "done" : std::string(refusal->code);
  }
};

TEST_F(SilentDesk, ASilenceTellsNothingAndItsEndTellsWhatStillGoesOn) {
  std::vector<std::string> ended;
  desk->tell_ended([&](const SilenceRow& row) { ended.push_back(row.author); });
  ASSERT_EQ(code(silence("pay.*", minutes{30})), "done");
  groups({{"payments", GroupStatus::error}});
  pass(minutes{29});
  EXPECT_THAT(mails(), IsEmpty());
  EXPECT_THAT(ended, IsEmpty());
  pass(minutes{2});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
  EXPECT_THAT(ended, ElementsAre("alice"));
}

TEST_F(SilentDesk, WhatComesAndGoesInASilenceIsNeverTold) {
  ASSERT_EQ(code(silence("payments", hours{2})), "done");
  groups({{"payments", GroupStatus::error}});
  pass(minutes{10});
  groups({{"payments", GroupStatus::ok}});
  pass(hours{3});
  EXPECT_THAT(mails(), IsEmpty());
  EXPECT_EQ(desk->status()->fates.at("silenced"), 2u);
}

TEST_F(SilentDesk, OthersAreToldAllTheSame) {
  ASSERT_EQ(code(silence("pay", hours{2})), "done") << "the full name, not a part";
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
}

TEST_F(SilentDesk, ASilenceIsEndedByHandOnce) {
  const auto made = silence("payments", hours{2});
  const std::string id = std::get<SilenceRow>(made).id;
  groups({{"payments", GroupStatus::error}});
  pass(minutes{5});
  ASSERT_THAT(mails(), IsEmpty());
  const auto ended = end(id);
  EXPECT_TRUE(std::get<EndedSilence>(ended).now);
  EXPECT_EQ(std::get<EndedSilence>(ended).row.end, clock.now());
  const auto again = end(id);
  EXPECT_FALSE(std::get<EndedSilence>(again).now);
  EXPECT_EQ(code(end("nobody")), "silence_not_found");
  pass(minutes{1});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
}

TEST_F(SilentDesk, OneForLaterBeginsLater) {
  ASSERT_EQ(code(silence("payments", hours{1}, hours{1})), "done");
  groups({{"payments", GroupStatus::error}});
  pass(minutes{2});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
}

TEST_F(SilentDesk, ItSurvivesAKill) {
  ASSERT_EQ(code(silence("payments", hours{2})), "done");
  kill();
  start();
  groups({{"payments", GroupStatus::error}});
  pass(minutes{30});
  EXPECT_THAT(mails(), IsEmpty());
  pass(hours{2});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments"));
}

TEST_F(SilentDesk, AnEndWhileNobodyWasHereIsToldAtTheNextStartOnce) {
  const auto made = std::get<SilenceRow>(silence("payments", hours{1}));
  const auto ends_after = [this](bool restart) {
    std::vector<SilenceRow> ended;
    if (restart) {
      kill();
      start();
    }
    desk->tell_ended([&](const SilenceRow& row) { ended.push_back(row); });
    pass(minutes{1});
    desk->tell_ended({});
    return ended;
  };
  kill();
  clock.advance(hours{5});
  const auto ended = ends_after(true);
  ASSERT_EQ(ended.size(), 1u);
  EXPECT_EQ(ended[0].id, made.id);
  EXPECT_EQ(ended[0].end, made.end) << "its own end, not the start";
  EXPECT_THAT(ends_after(false), IsEmpty());
  EXPECT_THAT(ends_after(true), IsEmpty());
}

TEST_F(SilentDesk, AnEndThatWasToldIsNotToldAgainAfterAStart) {
  ASSERT_EQ(code(silence("pay.*", minutes{10})), "done");
  const auto second = std::get<SilenceRow>(silence("payments", hours{2}));
  int ended = 0;
  desk->tell_ended([&](const SilenceRow&) { ++ended; });
  pass(minutes{20});
  EXPECT_EQ(ended, 1);
  ASSERT_EQ(code(end(second.id)), "done");
  kill();
  clock.advance(hours{5});
  start();
  desk->tell_ended([&](const SilenceRow&) { ++ended; });
  pass(minutes{1});
  EXPECT_EQ(ended, 1) << "that of the second one is told by whoever ended it";
}

TEST_F(SilentDesk, ManyEndsAreToldSomeAtALook) {
  for (int i = 0; i < 120; ++i) ASSERT_EQ(code(silence("payments", hours{1})), "done");
  kill();
  clock.advance(hours{5});
  start();
  int ended = 0;
  desk->tell_ended([&](const SilenceRow&) { ++ended; });
  tick();
  desk->work();
  EXPECT_EQ(ended, 50);
  pass(minutes{1});
  EXPECT_EQ(ended, 120);
}

TEST_F(SilentDesk, AClockThatIsSetMovesItsEnd) {
  ASSERT_EQ(code(silence("payments", hours{2})), "done");
  groups({{"payments", GroupStatus::error}});
  pass(minutes{10});
  ASSERT_THAT(mails(), IsEmpty());
  clock.set_by(hours{2});
  pass(minutes{1});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments")) << "its end is an hour on people's clocks";
}

TEST_F(SilentDesk, EndsInThePastAndTooManyAreRefused) {
  WantedSilence wanted;
  wanted.row.group = "payments";
  wanted.row.end = clock.now() - seconds{1};
  const auto past = ask<SilenceRow>([&] { return desk->add_silence(wanted); });
  EXPECT_EQ(code(past), "bad_parameter");
  for (std::size_t i = 0; i < SilenceKeeper::most; ++i) {
    WantedSilence one = wanted;
    one.row.end = clock.now() + hours{1};
    ASSERT_EQ(code(ask<SilenceRow>([&] { return desk->add_silence(one); })), "done");
  }
  EXPECT_EQ(code(silence("payments", hours{1})), "too_many");
}

TEST_F(SilentDesk, AcknowledgedIsNeitherRepeatedNorEscalatedAndItsEndIsTold) {
  AlertRoute route = settings.routes.routes()[0];
  route.repeat_interval = hours{1};
  route.escalate = {{minutes{30}, {"ops"}}};
  settings.routes = RouteTable({route});
  kill();
  start();
  groups({{"payments", GroupStatus::error}});
  pass(minutes{5});
  ASSERT_THAT(mails(), ElementsAre("opened 1 payments"));
  const std::string id = open_incident();
  const auto row = acknowledge(id);
  ASSERT_EQ(code(row), "done");
  EXPECT_EQ(std::get<IncidentRow>(row).acknowledged->author, "bob");
  EXPECT_EQ(std::get<IncidentRow>(row).group, "payments");
  pass(hours{1});
  kill();
  start();
  pass(hours{3});
  EXPECT_THAT(mails(), IsEmpty()) << "before the restart and after it";
  AlertFile file;
  ASSERT_TRUE(file.open_to_read(settings.path).ok());
  EXPECT_EQ(file.incident(id)->acknowledged->comment, "on it");
  groups({{"payments", GroupStatus::ok}});
  pass(minutes{10});
  EXPECT_THAT(mails(), ElementsAre("resolved 1 payments"));
  EXPECT_EQ(code(acknowledge(id)), "incident_ended");
  EXPECT_EQ(code(acknowledge("nobody")), "incident_not_found");
}

TEST_F(SilentDesk, WithoutAFileNothingIsHalfDone) {
  kill();
  std::ofstream(folder / "file") << "no folder";
  settings.path = folder / "file" + std::string("/alerts.db");
  start();
  groups({{"payments", GroupStatus::error}});
  tick();
  desk->work();
  EXPECT_EQ(code(silence("payments", hours{1})), "not_written");
  pass(minutes{2});
  EXPECT_THAT(mails(), ElementsAre("opened 1 payments")) << "it is not in force either";
}

TEST_F(SilentDesk, AStoppedDeskSaysSoAtOnce) {
  desk->request_stop();
  WantedSilence wanted;
  wanted.row.group = "payments";
  wanted.span = hours{1};
  EXPECT_EQ(code(desk->add_silence(wanted)), "busy");
}

}  // namespace
}  // namespace tidemark
