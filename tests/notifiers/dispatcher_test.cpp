#include "notifiers/dispatcher.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Instant start = from_ms(1'774'594'800'000);  // a Friday, 07:00 UTC

AlertRoute everything(const std::string& name = "all") {
  AlertRoute out;
  out.name = name;
  out.receivers = {"people"};
  return out;
}

Pattern pattern(const std::string& text) { return Pattern::compile(text).value(); }

class Alerts : public testing::Test {
 public:
  explicit Alerts() { settings.routes = RouteTable({everything()}); }

  Dispatcher& it() {
    if (!dispatcher_) {
      dispatcher_ = std::make_unique<Dispatcher>(
          settings, [this](const IncidentKey& key) { return labels[key.group.get()]; });
    }
    return *dispatcher_;
  }
  Incident open(const std::string& group, GroupStatus status = GroupStatus::error,
                IncidentKind kind = IncidentKind::status, bool learning = false) {
    Incident incident;
    incident.key = {ClusterName{"PROD"}, GroupName{group}, kind};
    incident.opened = now;
    incident.id = incident_id(incident.key, now);
    incident.worst = incident.now.status = status;
    incident.now.kind = kind;
    incident.now.learning = learning;
    step(IncidentStep::opened, incident);
    return incident;
  }
  void end(Incident incident) {
    incident.until = now;
    incident.end = IncidentEnd::recovered;
    step(IncidentStep::ended, incident);
  }
  void worsen(Incident incident) {
    incident.worst = incident.now.status = GroupStatus::error;
    step(IncidentStep::worsened, incident);
  }
  void confirm(const Incident& incident) { step(IncidentStep::confirmed, incident); }
  // What is told meanwhile: "people: opened payments ERROR", with the names of up to three.
  std::vector<std::string> wait(Duration span) {
    std::vector<std::string> out;
    for (const Instant until = now + span; now < until;) {
      now += seconds{5};
      for (Telling& telling : it().advance(now)) {
        std::string text = fmt::format("{}: {}", telling.receiver, to_string(telling.kind));
        for (std::size_t i = 0; i < std::min<std::size_t>(telling.incidents.size(), 3); ++i) {
          const Incident& incident = telling.incidents[i].incident;
          text += fmt::format(" {}{}", incident.key.group.get(), incident.until ? "(over)" : "");
        }
        if (telling.incidents.size() > 3) text += fmt::format(" of {}", telling.incidents.size());
        out.push_back(text);
        told.push_back(std::move(telling));
      }
    }
    return out;
  }
  [[nodiscard]] std::uint64_t count(Fate fate) {
    return it().fates().at(static_cast<std::size_t>(fate));
  }

  DispatcherSettings settings;
  std::map<std::string, std::map<std::string, std::string>> labels;
  Instant now = start;
  std::vector<Telling> told;
  std::uint64_t changes = 0;

 private:
  void step(IncidentStep step, const Incident& incident) {
    ++changes;
    it().take({step, incident}, now);
  }

  std::unique_ptr<Dispatcher> dispatcher_;
};

TEST_F(Alerts, ATroubleIsToldOnceAndItsEnd) {
  const Incident incident = open("payments");
  EXPECT_THAT(wait(seconds{25}), IsEmpty());
  EXPECT_THAT(wait(seconds{5}), ElementsAre("people: opened payments"));
  EXPECT_THAT(wait(hours{3}), IsEmpty());
  end(incident);
  EXPECT_THAT(wait(minutes{1}), ElementsAre("people: resolved payments(over)"));
  EXPECT_THAT(wait(hours{24}), IsEmpty());
  EXPECT_EQ(it().bundles(), 0u);
  EXPECT_EQ(count(Fate::told), 2u);
  EXPECT_EQ(told[0].dedup_key, told[1].dedup_key);
  EXPECT_NE(told[0].idempotency_key, told[1].idempotency_key);
}

TEST_F(Alerts, TwoHundredGroupsAreOneMessage) {
  std::vector<Incident> all;
  for (int i = 0; i < 200; ++i) all.push_back(open(fmt::format("g{:03}", i)));
  EXPECT_THAT(wait(minutes{10}), ElementsAre("people: opened g000 g001 g002 of 200"));
  for (const Incident& each : all) end(each);
  EXPECT_THAT(wait(minutes{10}),
              ElementsAre("people: resolved g000(over) g001(over) g002(over) of 200"));
}

TEST_F(Alerts, LaterOnesWaitForTheInterval) {
  open("a");
  wait(seconds{30});
  open("b");
  EXPECT_THAT(wait(minutes{5} - seconds{5}), IsEmpty());
  EXPECT_THAT(wait(seconds{5}), ElementsAre("people: opened b"));
}

TEST_F(Alerts, AnEndAmongThoseThatGoOnIsNotToldAsTheEndOfAll) {
  const Incident a = open("a");
  const Incident b = open("b");
  wait(minutes{6});
  end(a);
  EXPECT_THAT(wait(seconds{10}), ElementsAre("people: still b a(over)"));
  end(b);
  EXPECT_THAT(wait(minutes{6}), ElementsAre("people: resolved b(over)"));
}

TEST_F(Alerts, WorseIsToldWithWhatItWasBefore) {
  const Incident incident = open("a", GroupStatus::warning);
  wait(minutes{6});
  worsen(incident);
  EXPECT_THAT(wait(seconds{10}), ElementsAre("people: worsened a"));
  EXPECT_EQ(told.back().incidents[0].before, GroupStatus::warning);
}

TEST_F(Alerts, ARouteForErrorsGetsWhatBecomesOne) {
  AlertRoute errors = everything("errors");
  errors.match.status = pattern("ERROR");
  errors.receivers = {"pager"};
  errors.go_on = true;
  settings.routes = RouteTable({errors, everything()});
  const Incident incident = open("a", GroupStatus::warning);
  EXPECT_THAT(wait(minutes{6}), ElementsAre("people: opened a"));
  worsen(incident);
  EXPECT_THAT(wait(minutes{1}), ElementsAre("people: worsened a", "pager: opened a"));
  end(incident);
  EXPECT_THAT(wait(minutes{6}),
              testing::UnorderedElementsAre("people: resolved a(over)", "pager: resolved a(over)"));
}

TEST_F(Alerts, WhatGoesOnIsRepeatedUnlessAcknowledged) {
  const Incident incident = open("a");
  wait(minutes{1});
  EXPECT_THAT(wait(hours{9}), ElementsAre("people: still a", "people: still a"));
  it().acknowledge(incident.id);
  EXPECT_THAT(wait(hours{24}), IsEmpty());
  end(incident);
  EXPECT_THAT(wait(minutes{1}), ElementsAre("people: resolved a(over)"));
}

TEST_F(Alerts, WhatNobodyAcknowledgesIsToldToOthersToo) {
  AlertRoute route = everything();
  route.escalate = {{minutes{10}, {"second"}}, {minutes{20}, {"boss"}}};
  settings.routes = RouteTable({route});
  const Incident incident = open("a");
  EXPECT_THAT(wait(minutes{15}), ElementsAre("people: opened a", "second: still a"));
  it().acknowledge(incident.id);
  EXPECT_THAT(wait(minutes{30}), IsEmpty());
  end(incident);
  EXPECT_THAT(wait(minutes{1}),
              ElementsAre("people: resolved a(over)", "second: resolved a(over)"));
}

TEST_F(Alerts, QuietHoursAreSummedUpAfterThem) {
  AlertRoute route = everything();
  route.quiet = {{{}, hours{7}, hours{9}, TimeZone::load("UTC").value()}};
  settings.routes = RouteTable({route});
  open("a");
  const Incident brief = open("b");
  EXPECT_THAT(wait(hours{1}), IsEmpty());
  end(brief);
  EXPECT_THAT(wait(hours{1} - seconds{10}), IsEmpty());
  EXPECT_THAT(wait(seconds{40}), ElementsAre("people: opened a b(over)"));
  EXPECT_EQ(count(Fate::told), 1u);
  EXPECT_EQ(count(Fate::held_by_hours), 2u);
}

TEST_F(Alerts, TheClusterIsToldAndItsGroupsAreHeld) {
  const Incident cluster = open("", GroupStatus::error, IncidentKind::cluster_unreachable);
  const Incident recovers = open("a");
  open("b");
  EXPECT_THAT(wait(minutes{10}), ElementsAre("people: opened "));
  end(recovers);
  wait(minutes{1});
  end(cluster);
  EXPECT_THAT(wait(minutes{10}), ElementsAre("people: opened b (over)"));
  EXPECT_EQ(count(Fate::held_by_cause), 2u);
}

TEST_F(Alerts, SilencedOnesAreToldWhenTheSilenceEnds) {
  Silence silence;
  silence.match.group = pattern("a|b");
  silence.begin = start;
  silence.end = start + hours{1};
  it().set_silences({silence});
  open("a");
  const Incident brief = open("b");
  wait(minutes{30});
  end(brief);
  EXPECT_THAT(wait(minutes{30} - seconds{10}), IsEmpty());
  EXPECT_THAT(wait(minutes{1}), ElementsAre("people: opened a"));
  EXPECT_EQ(count(Fate::silenced), 2u);
}

TEST_F(Alerts, TheFirstDayIsOneDigest) {
  settings.digest_at = start + hours{24};
  open("dead-for-months", GroupStatus::error, IncidentKind::status, true);
  const Incident other = open("other", GroupStatus::error, IncidentKind::status, true);
  open("payments");
  EXPECT_THAT(wait(minutes{10}), ElementsAre("people: opened payments"));
  it().acknowledge(told[0].incidents[0].incident.id);
  end(other);
  EXPECT_THAT(wait(hours{23}), IsEmpty());
  EXPECT_THAT(wait(hours{1}), ElementsAre("people: digest dead-for-months other(over)"));
  EXPECT_EQ(count(Fate::digested), 3u);
}

TEST_F(Alerts, TheDigestIsOneForEachReceiverWhateverTheRoutes) {
  AlertRoute a = everything("a");
  a.go_on = true;
  a.group_by = {"group"};
  settings.routes = RouteTable({a, everything("b")});
  settings.digest_at = start + hours{24};
  for (const char* name : {"x", "y", "z"}) {
    open(name, GroupStatus::error, IncidentKind::status, true);
  }
  EXPECT_THAT(wait(hours{30}), ElementsAre("people: digest x y z"));
  EXPECT_EQ(told[0].incidents.size(), 3u);
}

TEST_F(Alerts, WhatWasInTheDigestIsNeitherRepeatedNorIsItsEndTold) {
  settings.digest_at = start + hours{24};
  const Incident dead = open("dead", GroupStatus::error, IncidentKind::status, true);
  EXPECT_THAT(wait(hours{48}), ElementsAre("people: digest dead"));
  end(dead);
  EXPECT_THAT(wait(hours{1}), IsEmpty());
  EXPECT_EQ(it().bundles(), 0u);
  EXPECT_EQ(count(Fate::digested), 2u);
}

TEST_F(Alerts, ATroubleThatIsConfirmedIsToldThen) {
  settings.digest_at = start + hours{24};
  Incident early = open("early", GroupStatus::error, IncidentKind::status, true);
  Incident late = open("late", GroupStatus::error, IncidentKind::status, true);
  EXPECT_THAT(wait(hours{2}), IsEmpty());
  early.now.learning = false;
  confirm(early);
  EXPECT_THAT(wait(minutes{5}), ElementsAre("people: opened early"));
  end(early);
  EXPECT_THAT(wait(minutes{10}), ElementsAre("people: resolved early(over)"));
  EXPECT_THAT(wait(hours{22}), ElementsAre("people: digest late"));
  late.now.learning = false;
  confirm(late);
  EXPECT_THAT(wait(minutes{5}), ElementsAre("people: opened late"))
      << "a line in a list is no news";
  end(late);
  EXPECT_THAT(wait(minutes{10}), ElementsAre("people: resolved late(over)"));
}

TEST_F(Alerts, WhatWaitsForTheDigestIsNotWrittenAgainAndAgain) {
  settings.digest_at = start + hours{24};
  open("dead", GroupStatus::error, IncidentKind::status, true);
  wait(minutes{2});
  EXPECT_THAT(it().take_changed(), SizeIs(1));
  wait(hours{20});
  EXPECT_THAT(it().take_changed(), IsEmpty());
}

TEST_F(Alerts, AReceiverThatForgetsIsRemindedAndOthersAreNot) {
  AlertRoute route = everything();
  route.receivers = {"people", "machine"};
  settings.routes = RouteTable({route});
  settings.keep_alive["machine"] = minutes{2};
  open("a");
  EXPECT_THAT(wait(minutes{5}), ElementsAre("people: opened a", "machine: opened a",
                                            "machine: still a", "machine: still a"));
}

TEST_F(Alerts, WithoutARouteNobodyIsToldAndItIsCounted) {
  settings.routes = RouteTable();
  const Incident incident = open("a");
  end(incident);
  EXPECT_THAT(wait(hours{1}), IsEmpty());
  EXPECT_EQ(count(Fate::unrouted), 2u);
}

TEST_F(Alerts, WhatIsOverBeforeItWasDueIsBrief) {
  end(open("a"));
  EXPECT_THAT(wait(hours{1}), IsEmpty());
  EXPECT_EQ(count(Fate::brief), 2u);
  EXPECT_EQ(it().bundles(), 0u);
}

TEST_F(Alerts, ARestartTellsNothingTwiceAndStillTheEnd) {
  const Incident incident = open("a");
  open("b");
  wait(minutes{1});
  std::vector<Bundle::State> stored;
  for (const auto& [key, state] : it().take_changed()) {
    if (state != nullptr) stored.push_back(*state);
  }
  Dispatcher next(settings,
                  [](const IncidentKey&) { return std::map<std::string, std::string>{}; });
  next.restore(stored, {incident}, now);
  EXPECT_THAT(next.advance(now + minutes{10}), IsEmpty());
  Incident over = incident;
  over.until = now;
  next.take({IncidentStep::ended, over}, now + minutes{10});
  const auto telling = next.advance(now + minutes{10});
  ASSERT_THAT(telling, SizeIs(1));
  EXPECT_EQ(telling[0].dedup_key, told[0].dedup_key);
  EXPECT_GT(telling[0].idempotency_key, told[0].idempotency_key);
}

TEST_F(Alerts, AfterARestartWithOtherRoutesWhatIsOpenIsToldByThem) {
  const Incident incident = open("a");
  wait(minutes{1});
  std::vector<Bundle::State> stored{*it().take_changed().at(0).second};
  settings.routes = RouteTable({everything("another")});
  Dispatcher next(settings,
                  [](const IncidentKey&) { return std::map<std::string, std::string>{}; });
  next.restore(stored, {incident}, now);
  EXPECT_THAT(next.advance(now + minutes{1}), SizeIs(1));
}

// Whatever happens: every change has one fate, and whoever was told a beginning is told its end.
TEST_F(Alerts, EveryChangeEndsInOneFate) {
  AlertRoute nights = everything("nights");
  nights.match.group = pattern("[abc]");
  nights.group_by = {"group"};
  nights.quiet = {{{}, hours{22}, hours{6}, TimeZone::load("Europe/Berlin").value()}};
  settings.routes = RouteTable({nights, everything()});
  settings.digest_at = start + hours{24};
  Silence silence;
  silence.match.group = pattern("[cd]");
  silence.begin = start + hours{30};
  silence.end = start + hours{40};
  it().set_silences({silence});
  std::mt19937 random(11);
  std::map<std::string, Incident> active;
  for (int i = 0; i < 2000; ++i) {
    const std::string group(1, static_cast<char>('a' + random() % 6));
    const auto found = active.find(group);
    if (found == active.end()) {
      const auto status = random() % 2 == 0 ? GroupStatus::warning : GroupStatus::error;
      active[group] = open(group == "f" ? "" : group, status,
                           group == "f" ? IncidentKind::monitor_blind : IncidentKind::status,
                           random() % 4 == 0);
    } else if (found->second.worst == GroupStatus::warning && random() % 2 == 0) {
      worsen(found->second);
      found->second.worst = found->second.now.status = GroupStatus::error;
    } else {
      end(found->second);
      active.erase(found);
    }
    wait(seconds{5 * (random() % 200)});
  }
  for (const auto& [group, incident] : active) end(incident);
  wait(hours{24});
  const auto& fates = it().fates();
  EXPECT_EQ(std::accumulate(fates.begin(), fates.end(), std::uint64_t{0}), changes);
  EXPECT_GT(count(Fate::told), 100u);
  EXPECT_EQ(it().bundles(), 0u);
  std::map<std::string, bool> over;
  std::set<std::string> keys;
  for (const Telling& telling : told) {
    EXPECT_TRUE(keys.insert(telling.idempotency_key).second);
    for (const ToldIncident& each : telling.incidents) {
      EXPECT_FALSE(over[each.incident.id]) << "told after its end";
      over[each.incident.id] = each.incident.until.has_value();
    }
  }
  for (const auto& [id, ended] : over) EXPECT_TRUE(ended) << id;
}

}  // namespace
}  // namespace tidemark
