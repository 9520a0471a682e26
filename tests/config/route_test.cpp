// [[route]], [alerts] and labels.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/route_config.h"
#include "tests/config/loading.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string begin =
    "[[cluster]]\nname = \"PROD\"\nbootstrap = \"b:9092\"\n"
    "[[receiver]]\nname = \"ops\"\n[receiver.command]\ncommand = [\"true\"]\n";

TEST(Routes, HaveTheirValues) {
  const Loaded loaded = load_text(begin + R"(
[alerts]
for = "2m"
[[route]]
name = "nights"
group = "pay.*"
labels = { team = "checkout" }
receivers = ["ops"]
continue = true
group_by = ["cluster", "team"]
quiet = ["Mon-Fri 22:00-06:00 Europe/Berlin"]
escalate = ["15m ops", "1h ops"]
)");
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  EXPECT_EQ(loaded.config->alerts.hold, minutes{2});
  ASSERT_EQ(loaded.config->routes.size(), 1u);
  const RouteConfig& route = loaded.config->routes[0];
  EXPECT_EQ(route.name, "nights");
  EXPECT_TRUE(route.group->matches("payments"));
  EXPECT_TRUE(route.labels.at("team").matches("checkout"));
  EXPECT_THAT(route.receivers, ElementsAre("ops"));
  EXPECT_TRUE(route.go_on);
  EXPECT_THAT(route.group_by, ElementsAre("cluster", "team"));
  EXPECT_EQ(route.quiet.at(0).zone, "Europe/Berlin");
  EXPECT_EQ(route.escalate.at(1).after, hours{1});
}

TEST(Routes, SayWhatIsWrongWithThem) {
  const Loaded loaded = load_text(begin + R"(
[[route]]
name = "a"
receivers = ["opps"]
quiet = ["sometimes"]
escalate = ["1h ops", "15m ops"]
[[route]]
name = "a"
group = "("
labels = { team = "(" }
escalate = ["soon ops"]
)");
  ASSERT_FALSE(loaded.config);
  const std::string all = texts_of(loaded);
  EXPECT_THAT(all, HasSubstr("there is no [[receiver]] \"opps\"; there are ops"));
  EXPECT_THAT(all, HasSubstr("\"sometimes\" is none of these"));
  EXPECT_THAT(all, HasSubstr("not later than the step before it"));
  EXPECT_THAT(all, HasSubstr("is the name of another route"));
  EXPECT_THAT(all, HasSubstr("route[1].group"));
  EXPECT_THAT(all, HasSubstr("route[1].labels.team"));
  EXPECT_THAT(all, HasSubstr("\"soon ops\" is none of these"));
}

TEST(Labels, AreThoseOfTheGroupsOwnPolicy) {
  const Loaded loaded = load_text(begin + R"(
[[policy]]
group = "pay.*"
topic = "orders"
labels = { team = "wrong" }
[[policy]]
group = "pay.*"
labels = { team = "checkout" }
)");
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  EXPECT_EQ(loaded.config->policies.labels("PROD", "payments").at("team"), "checkout");
  EXPECT_TRUE(loaded.config->policies.labels("PROD", "billing").empty());
}

TEST(QuietHours, AreDaysTimesAndAZone) {
  const auto quiet = parse_quiet("Fri-Mon,Wed 22:30-06:00 America/New_York");
  ASSERT_TRUE(quiet);
  EXPECT_THAT(quiet->days, ElementsAre(4, 5, 6, 0, 2));
  EXPECT_EQ(quiet->from, hours{22} + minutes{30});
  EXPECT_EQ(quiet->to, hours{6});
  EXPECT_EQ(quiet->zone, "America/New_York");
  EXPECT_TRUE(parse_quiet("00:00-24:00 UTC")->days.empty());
  for (const char* wrong :
       {"", "22:00-06:00", "22-06 UTC", "Mon 25:00-06:00 UTC", "24:00-06:00 UTC",
        "Noday 22:00-06:00 UTC", "22:00-24:30 UTC", "22:0x-23:00 UTC"}) {
    EXPECT_FALSE(parse_quiet(wrong)) << wrong;
  }
}

TEST(Escalations, AreATimeAndNames) {
  const auto step = parse_escalation("15m second-line, the manager");
  ASSERT_TRUE(step);
  EXPECT_EQ(step->after, minutes{15});
  EXPECT_THAT(step->receivers, ElementsAre("second-line", "the manager"));
  for (const char* wrong : {"", "15m", "ops", "15m ,ops", "later ops"}) {
    EXPECT_FALSE(parse_escalation(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace tidemark
