// The terminal's commands against the real listener, on reports written by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "daemon/terminal/describe_command.h"
#include "daemon/terminal/groups_command.h"
#include "tests/api/everything.h"
#include "tests/daemon/terminal_fixture.h"

namespace tidemark::terminal {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

TEST_F(TerminalCommands, ListGroupsTheWorstFirst) {
  serve(
      {test::cluster("PROD", {test::plain_group("billing", GroupStatus::ok, 0, {}),
                              test::plain_group("payments", GroupStatus::error, 1310, 340'000)})});
  EXPECT_EQ(tidemark({"groups"}), 0);
  EXPECT_EQ(out_.str(),
            "CLUSTER  GROUP     STATUS    LAG  TIME LAG  MEMBERS  REASON\n"
            "PROD     payments  ERROR   1,310    5m 40s        0\n"
            "PROD     billing   OK          0        0s        0\n");
  EXPECT_EQ(err_.str(), "");
}

TEST_F(TerminalCommands, ListGroupsOfOneStatusInOneCluster) {
  serve({test::cluster("PROD", {test::plain_group("a", GroupStatus::error, 1, {}),
                                test::plain_group("b", GroupStatus::ok, 0, {})}),
         test::cluster("DEV", {test::plain_group("c", GroupStatus::error, 1, {})})});
  EXPECT_EQ(tidemark({"groups", "--cluster", "PROD", "--status", "error,warning", "--json"}), 0);
  const json answer = json::parse(out_.str());
  ASSERT_EQ(answer["data"].size(), 1u);
  EXPECT_EQ(answer["data"][0]["group"], "a");
}

TEST_F(TerminalCommands, FollowEveryPage) {
  serve({test::many_groups(2345)});
  EXPECT_EQ(tidemark({"groups", "--json"}), 0);
  const json answer = json::parse(out_.str());
  EXPECT_EQ(answer["data"].size(), 2345u);
  EXPECT_EQ(answer["page"]["total"], 2345);
  EXPECT_TRUE(answer["page"]["next_cursor"].is_null());
  EXPECT_EQ(answer["as_of_ms"], test::kNow);
}

TEST_F(TerminalCommands, SayWhichClusterCannotBeSeen) {
  auto down = test::cluster("DEV");
  down->health.caught_up = false;
  down->health.link.state = LinkState::unreachable;
  down->health.link.problem = "no broker answers at kafka-1:9092";
  serve({test::cluster("PROD", {test::plain_group("a", GroupStatus::ok, 0, {})}), down});
  EXPECT_EQ(tidemark({"groups"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("\n\nDEV: unreachable: no broker answers at kafka-1:9092\n"));
  EXPECT_EQ(tidemark({"groups", "--json"}), 0);
  EXPECT_THAT(err_.str(), HasSubstr("DEV: unreachable"));
  EXPECT_EQ(tidemark({"groups", "--cluster", "DEV"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("no group in DEV\n"));
  EXPECT_EQ(tidemark({"groups", "--check"}), 1);
  EXPECT_EQ(tidemark({"groups", "--check", "--cluster", "PROD"}), 0);
}

TEST_F(TerminalCommands, CheckThatAllIsHealthy) {
  serve({test::cluster("PROD", {test::plain_group("a", GroupStatus::ok, 0, {}),
                                test::plain_group("b", GroupStatus::warning, 1, {})})});
  EXPECT_EQ(tidemark({"groups", "--check"}), 1);
  EXPECT_EQ(tidemark({"groups", "--check", "--status", "OK"}), 0);
}

TEST_F(TerminalCommands, DescribeAGroupOfAnyName) {
  for (const std::string name : {"payments", "a/b c%", "🚀", "", ".", "..", "x?y#z&name=q"}) {
    serve({test::cluster("PROD", {test::group(name, {{"orders", {test::PartitionSpec{}}}})})});
    EXPECT_EQ(tidemark({"describe", "PROD", name}), 0) << err_.str();
    EXPECT_THAT(out_.str(), HasSubstr("Group        " + (name.empty() ? "\"\"" : name) + "\n"));
    EXPECT_THAT(out_.str(), HasSubstr("orders     0  OK"));
  }
}

TEST_F(TerminalCommands, DescribeAllThatCanBeKnown) {
  const auto all = test::everything();
  serve({all});
  for (const auto& group : all->groups) {
    EXPECT_EQ(tidemark({"describe", all->cluster.get(), "--", group->name.get()}), 0) << err_.str();
    EXPECT_THAT(out_.str(), HasSubstr("Status       "));
  }
}

TEST_F(TerminalCommands, DescribeWithWindowsForMachines) {
  serve({test::cluster("PROD", {test::group("g", {{"t", {test::PartitionSpec{}}}})})});
  view_.windows["g"] = {test::window("t", 0, {test::sample(90, 5000, 0)})};
  EXPECT_EQ(tidemark({"describe", "PROD", "g", "--json"}), 0);
  const json answer = json::parse(out_.str());
  EXPECT_EQ(answer["data"]["partitions"][0]["window"][0]["offset"], 90);
}

TEST_F(TerminalCommands, SayThatThereIsNoSuchThing) {
  serve({test::cluster("PROD")});
  EXPECT_EQ(tidemark({"describe", "PROD", "nobody"}), 1);
  EXPECT_EQ(err_.str(), "tidemark describe: no group \"nobody\" is known in cluster \"PROD\"\n");
  EXPECT_EQ(tidemark({"groups", "--cluster", "TEST"}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("no cluster \"TEST\" is configured"));
}

TEST_F(TerminalCommands, SayThatNobodyAnswers) {
  serve({test::cluster("PROD")});
  server_.reset();
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"groups"}, {"groups", "--watch"}, {"describe", "PROD", "g"}}) {
    EXPECT_EQ(tidemark(command), 1);
    EXPECT_EQ(out_.str(), "");
    EXPECT_THAT(err_.str(), HasSubstr("no Tidemark answers at " + url_ +
                                      " (connection refused): is `tidemark run` running? use "
                                      "--url\n"));
  }
}

TEST_F(TerminalCommands, RefuseWhatTheyDoNotKnow) {
  serve({test::cluster("PROD")});
  EXPECT_EQ(tidemark({"groups", "--status", "OK,BAD"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("--status: \"BAD\" is none of OK, WARNING, ERROR, UNKNOWN"));
  EXPECT_EQ(tidemark({"groups", "--sort", "size"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("--sort: \"size\" is none of name, lag"));
  EXPECT_EQ(tidemark({"groups", "--watch", "--check"}), 2);
  url_ = "gopher://host";
  EXPECT_EQ(tidemark({"groups"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("--url: \"gopher://host\" is neither http nor https"));
}

TEST_F(TerminalCommands, NeverPrintWhatATerminalWouldObey) {
  const std::string evil = "\x1b[2Jgone\nand a line\u202e";
  serve({test::cluster("PROD", {test::group(evil, {{"t\x1b", {test::PartitionSpec{}}}},
                                            {test::member("m\x07", "c\x1b", "h\n")})})});
  tidemark({"groups"});
  std::string all = out_.str();
  EXPECT_EQ(tidemark({"describe", "PROD", evil}), 0);
  all += out_.str();
  EXPECT_THAT(all, Not(HasSubstr("\x1b")));
  EXPECT_THAT(all, Not(HasSubstr("\x07")));
  EXPECT_THAT(all, Not(HasSubstr("\u202e")));
}

}  // namespace
}  // namespace tidemark::terminal
