#include "notifiers/alert_route.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Pattern pattern(const std::string& text) { return Pattern::compile(text).value(); }

AlertRoute route(const std::string& name, const std::string& group) {
  AlertRoute out;
  out.name = name;
  out.match.group = pattern(group);
  out.receivers = {name + "-people"};
  return out;
}

AlertFacts facts(const std::string& group, const std::string& team = "") {
  AlertFacts out{"PROD", group, "orders", "ERROR", "status", {}};
  if (!team.empty()) out.labels["team"] = team;
  return out;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Routes, TheFirstThatMatchesTakesIt) {
  const RouteTable table({route("a", "pay.*"), route("b", ".*")});
  EXPECT_THAT(table.takers(facts("payments")), ElementsAre(0u));
  EXPECT_THAT(table.takers(facts("billing")), ElementsAre(1u));
}

TEST(Routes, OneThatContinuesLeavesItToOthersToo) {
  AlertRoute first = route("a", "pay.*");
  first.go_on = true;
  const RouteTable table({first, route("b", "bill.*"), route("c", ".*"), route("d", ".*")});
  EXPECT_THAT(table.takers(facts("payments")), ElementsAre(0u, 2u));
}

TEST(Routes, SayWhyTheyDoNotTakeIt) {
  const RouteTable table({route("a", "bill.*"), route("b", ".*"), route("c", ".*")});
  const auto tried = table.explain(facts("payments"));
  ASSERT_EQ(tried.size(), 2u);
  EXPECT_EQ(tried[0].mismatch, R"(group "payments" is not "bill.*")");
  EXPECT_EQ(tried[1].mismatch, "");
}

TEST(Routes, MatchLabelsAndAMissingOneIsEmpty) {
  Matchers matchers;
  matchers.labels.emplace("team", pattern("checkout"));
  EXPECT_TRUE(matchers.match(facts("g", "checkout")));
  EXPECT_EQ(matchers.mismatch(facts("g")), R"(label team "" is not "checkout")");
  matchers.labels.clear();
  matchers.labels.emplace("team", pattern(""));
  EXPECT_TRUE(matchers.match(facts("g")));
}

TEST(Routes, EveryMatcherHasToHoldAndSaysSoByItsName) {
  const std::vector<std::pair<std::optional<Pattern> Matchers::*, std::string>> all{
      {&Matchers::cluster, "cluster"},
      {&Matchers::group, "group"},
      {&Matchers::topic, "topic"},
      {&Matchers::status, "status"},
      {&Matchers::kind, "kind"}};
  for (const auto& [member, name] : all) {
    Matchers matchers;
    matchers.*member = pattern("nothing-like-it");
    EXPECT_THAT(matchers.mismatch(facts("g")), testing::StartsWith(name + " \""));
    EXPECT_FALSE(matchers.match(facts("g")));
  }
}

TEST(Bundles, AreOfWhatIsGroupedBy) {
  AlertRoute by_team = route("a", ".*");
  by_team.group_by = {"cluster", "team"};
  EXPECT_EQ(by_team.bundle_of(facts("x", "t")), by_team.bundle_of(facts("y", "t")));
  EXPECT_NE(by_team.bundle_of(facts("x", "t")), by_team.bundle_of(facts("x", "u")));
  by_team.group_by = {"group", "team"};
  EXPECT_NE(by_team.bundle_of(facts("a", "bc")), by_team.bundle_of(facts("ab", "c")));
  by_team.group_by = {};
  EXPECT_EQ(by_team.bundle_of(facts("a")), by_team.bundle_of(facts("b", "t")));
}

// 2026-03-27 is a Friday; the clocks of Berlin go forward on Sunday the 29th at 01:00 UTC.
const Instant friday = from_ms(1'774'569'600'000);

QuietHours quiet(std::vector<int> days, hours from, hours to) {
  return {std::move(days), from, to, TimeZone::load("Europe/Berlin").value()};
}

TEST(QuietHours, FollowTheWallClockOverTheChangeToSummerTime) {
  const QuietHours night = quiet({}, hours{22}, hours{6});
  EXPECT_FALSE(night.contains(friday + hours{20}));
  EXPECT_TRUE(night.contains(friday + hours{21})) << "22:00 in winter";
  EXPECT_TRUE(night.contains(friday + hours{48 + 3})) << "Sunday 05:00 in summer";
  EXPECT_FALSE(night.contains(friday + hours{48 + 4})) << "Sunday 06:00 in summer";
  EXPECT_TRUE(night.contains(friday + hours{72 - 4})) << "Sunday 22:00 in summer";
}

TEST(QuietHours, OverMidnightBelongToTheDayThatTheyBeginOn) {
  const QuietHours friday_night = quiet({4}, hours{22}, hours{6});
  EXPECT_FALSE(friday_night.contains(friday + hours{3})) << "the night before";
  EXPECT_TRUE(friday_night.contains(friday + hours{24 + 4})) << "Saturday 05:00";
  EXPECT_FALSE(friday_night.contains(friday + hours{24 + 21})) << "Saturday 22:00";
}

TEST(QuietHours, FromMidnightToMidnightAreAllDay) {
  const QuietHours weekend = quiet({5, 6}, hours{0}, hours{0});
  EXPECT_FALSE(weekend.contains(friday + hours{22} + minutes{59}));
  EXPECT_TRUE(weekend.contains(friday + hours{23}));
  EXPECT_TRUE(weekend.contains(friday + hours{40}));
}

TEST(TimeZones, ThatDoNotExistAreRefused) {
  EXPECT_FALSE(TimeZone::load("Europe/Atlantis").ok());
  EXPECT_EQ(TimeZone::load("UTC").value().at(friday).weekday, 4);
}

}  // namespace
}  // namespace tidemark
